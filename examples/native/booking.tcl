# A booking form in Tk, with its classic and its themed widgets. Prints what was entered and says thank you.
package require Tk

wm title . "Boat hire"
option add *Font {Helvetica 11}
ttk::style configure . -font {Helvetica 11}

array set booking {Name "" Boat "" Hours 1 Lessons no "Life jackets" no Payment ""}

proc row {number text widget} {
    grid [ttk::label .f.label$number -text $text] $widget -sticky w -padx 8 -pady 6
    grid configure $widget -sticky ew
}

pack [ttk::frame .f -padding 16] -fill both -expand 1
grid columnconfigure .f 1 -weight 1 -minsize 280

row 0 "Name:" [ttk::entry .f.name -textvariable booking(Name)]
row 1 "Boat:" [ttk::combobox .f.boat -textvariable booking(Boat) -state readonly \
    -values {Canoe Dinghy Kayak "Rowing boat" Sailboard}]
row 2 "Hours:" [spinbox .f.hours -from 1 -to 12 -textvariable booking(Hours) -width 6]
row 3 "Extras:" [frame .f.extras]
foreach {name text} {lessons Lessons jackets "Life jackets"} {
    pack [checkbutton .f.extras.$name -text $text -variable booking($text) -onvalue yes -offvalue no] \
        -side left
}
row 4 "Payment:" [ttk::frame .f.pay]
foreach {name text} {cash Cash card Card invoice Invoice} {
    pack [ttk::radiobutton .f.pay.$name -text $text -value $text -variable booking(Payment)] -side left -padx {0 14}
}
row 5 "Remarks:" [text .f.remarks -width 40 -height 4]
grid [ttk::button .f.book -text "Book" -command book] -column 1 -sticky e -padx 8 -pady {12 0}

proc book {} {
    global booking
    if {$booking(Name) eq "" || $booking(Boat) eq "" || $booking(Payment) eq ""} {
        tk_messageBox -icon warning -title "Boat hire" -message "Please give a name, a boat and a payment."
        return
    }
    set booking(Remarks) [.f.remarks get 1.0 "end - 1 char"]
    set lines {}
    foreach name {Name Boat Hours Lessons "Life jackets" Payment Remarks} {
        lappend lines "$name: $booking($name)"
    }
    puts [join $lines \n]
    flush stdout
    destroy .f
    pack [ttk::label .done -padding 24 -text "Thank you, $booking(Name).\n\n[join $lines \n]"]
}

focus .f.name
