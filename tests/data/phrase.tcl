# A field too narrow for what is typed into it, and no password field.
wm title . "Door"
label .l -text "Phrase"
entry .e -width 9
label .n -text "Speak, friend."
button .b -text "Enter" -command {.n configure -text "Come in."}
grid .l .e .b -padx 12 -pady 12
grid .n -columnspan 3 -pady 12
