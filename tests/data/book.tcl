# A small form for the tests of tables: every OK appends a line to the file that is named as argument.
wm title . "Guest book"
label .title -text "Please sign our guest book."
label .lname -text "Name"
entry .name -width 30
label .lcity -text "City"
entry .city -width 30
button .ok -text "Sign" -command sign
label .status -text ""
grid .title -columnspan 2 -padx 12 -pady 12
grid .lname .name -padx 8 -pady 6
grid .lcity .city -padx 8 -pady 6
grid .ok -columnspan 2 -pady 10
grid .status -columnspan 2 -pady 10

proc sign {} {
    set file [open [lindex $::argv 0] a]
    puts $file "[.name get];[.city get]"
    close $file
    .status configure -text "Thank you, [.name get]."
}
