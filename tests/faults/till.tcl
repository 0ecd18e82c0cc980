# A till with ten faults that can be planted: wish till.tcl [FAULT]. tests/hem_faults.c says what comes of each.
package require Tk
set fault [lindex $argv 0]

wm title . "Till"
wm geometry . 520x330
option add *Font {Helvetica 12}
ttk::style configure . -font {Helvetica 12}

proc row {number text widget} {
    grid [ttk::label .f.label$number -text $text] $widget -sticky ew -padx 10 -pady 8
}

pack [ttk::frame .f -padding 14] -fill both -expand 1
grid columnconfigure .f 1 -weight 1
row 0 "Quantity:" [ttk::entry .f.quantity -textvariable quantity]
row 1 [expr {$fault eq "label" ? "Weight:" : "Price:"}] [ttk::entry .f.price -textvariable price]
grid [ttk::label .f.sum -textvariable sum -width 24] -column 1 -sticky w -padx 10 -pady 8
grid [ttk::label .f.note -text "Apples from the orchard behind the mill"] -column 0 -columnspan 2 -sticky w -padx 10 -pady 8
if {$fault eq "text"} { .f.note configure -text "Apples from the orchard beh..." }
# A lamp, drawn without text so that it is the same everywhere.
canvas .lamp -width 60 -height 30 -background #404040 -highlightthickness 0
.lamp create oval 4 4 26 26 -fill [expr {$fault eq "colour" ? "#b07030" : "#30b030"}] -outline white
.lamp create rectangle 34 10 54 20 -fill white -outline white
place .lamp -x 20 -y 270
ttk::button .add -text "Add up" -command add
ttk::button .pay -text "Pay" -command pay
place .add -x [expr {$fault eq "outside" ? 900 : $fault eq "moved" ? 150 : 270}] -y 270
place .pay -x 390 -y 270

if {$fault eq "focus"} { bind .f.quantity <Tab> {focus .pay; break} }

proc add {} {
    global fault quantity price sum
    switch $fault {
        crash { exit 3 }
        frozen { while 1 { after 1000 } }
        slow { after 1000 [list set sum ""]; after 1000 tell; return }
    }
    tell
}

proc tell {} {
    global fault quantity price sum
    set total [expr {[string is double -strict $quantity] && [string is double -strict $price] ? $quantity * $price : 0}]
    if {$fault eq "sum"} { set total [expr {$total + 0.1}] }
    set sum [format "Total: %.2f" $total]
}

proc pay {} {
    global fault
    if {$fault ne "dialog"} { tk_messageBox -title Till -message "Paid. Thank you." }
}

focus -force .f.quantity
