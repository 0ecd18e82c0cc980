# One of many: waits until ALL of its kind are there at once, counted by the lines of FILE, and only then can be used.
# barrier.tcl FILE ALL
lassign $argv path all
wm title . "One of many"
label .said -text "Waiting" -font {Helvetica 16}
entry .name -width 24
label .lname -text "Name"
button .ok -text "Sign" -command {.said configure -text "Thank you"} -state disabled
grid .said -columnspan 2 -padx 12 -pady 12
grid .lname .name -padx 8 -pady 8
grid .ok -columnspan 2 -pady 12
set file [open $path a]
puts $file [pid]
close $file

proc look {} {
    set file [open $::path]
    set count [llength [split [read -nonewline $file] \n]]
    close $file
    if {$count < $::all} {
        after 1000 look
        return
    }
    .said configure -text "Everybody is here"
    .ok configure -state normal
}
after 1000 look
