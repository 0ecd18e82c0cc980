# Buttons without a word on them, told apart by their pictures alone. It prints what is pressed.
package require Tk
wm geometry . 700x500+30+30
set here [file dirname [info script]]

proc say {text} {
    puts $text
    flush stdout
}

proc icon {name} {
    global here
    return [image create photo -file $here/pictures/$name.png]
}

proc press {name} {
    say $name
    if {$name eq "plus"} {.status configure -image [icon heart]}
}

. configure -background #d9d9d9
option add *background #d9d9d9
option add *activeBackground #d9d9d9
frame .bar
foreach name {cross plus left right} {
    button .bar.$name -image [icon $name] -command "press $name"
    pack .bar.$name -side left -padx 4
}
pack .bar -anchor w -pady 10
frame .rows
set row 0
foreach name {Ada Grace Edsger} {
    label .rows.l$row -text $name -width 16 -anchor w -font {Helvetica 12}
    button .rows.b$row -image [icon bin] -command "say {bin $name}"
    grid .rows.l$row .rows.b$row -pady 8
    incr row
}
pack .rows -anchor w -padx 20 -pady 20
label .status
pack .status -anchor w -padx 20
