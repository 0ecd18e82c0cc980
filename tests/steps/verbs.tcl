# A window with one of everything, for a test of every verb. It prints what happens to it.
package require Tk
wm title . "Workshop"
wm geometry . 760x560+40+40
font configure TkDefaultFont -size 11
option add *font TkDefaultFont

proc say {text} {
    puts $text
    flush stdout
    .status configure -text "Last: $text"
}

label .lname -text "Name"
entry .name -width 28
label .lcity -text "City"
ttk::combobox .city -values {Berlin London Paris Rome} -state readonly -width 26
label .lcount -text "Count"
spinbox .count -from 0 -to 50 -width 8
checkbutton .agree -text "I agree" -variable agree -command {say "agree $agree"}
checkbutton .news -text "Newsletter" -variable news -command {say "news $news"}
set news 1
button .save -text "Save" -command {say "save [.name get]/[.city get]/[.count get]"}
button .later -text "Later" -command {after 1200 {say "ready"}}
button .gone -text "Vanish" -command {destroy .gone; say "vanished"}
label .spot -text "Double spot" -relief ridge -padx 14 -pady 10
bind .spot <Double-Button-1> {say "double"}
bind .spot <Button-2> {say "middle"}
bind .spot <Button-3> {say "right"}
bind .spot <Enter> {say "entered"}
listbox .list -height 4 -width 20
for {set i 1} {$i <= 40} {incr i} {.list insert end "Line $i"}
label .total -text "Total: 12.50 EUR"
label .status -text "Last: nothing"
canvas .canvas -width 300 -height 90 -background white
.canvas create rectangle 10 25 90 65 -fill lightblue -tags card
.canvas create text 50 45 -text "card A" -tags card
.canvas create rectangle 200 10 290 80 -outline gray
.canvas create text 245 45 -text "Done"
.canvas bind card <ButtonPress-1> {set from %x}
.canvas bind card <ButtonRelease-1> {if {%x > 200 && $from < 90} {say "dropped"}}
bind . <Control-t> {say "control-t"}
bind .name <Down> {say "down"}

grid .lname .name .spot -padx 8 -pady 8 -sticky w
grid .lcity .city .list -padx 8 -pady 8 -sticky w
grid .lcount .count .total -padx 8 -pady 8 -sticky w
grid .agree .news .gone -padx 8 -pady 8 -sticky w
grid .save .later .canvas -padx 8 -pady 8 -sticky w
grid .status - - -padx 8 -pady 8 -sticky w
