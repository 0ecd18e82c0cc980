# The Tk of typed.py: a text widget that keeps in a file what was typed into it.
set file [lindex $argv 0]
text .text -wrap char
pack .text -fill both -expand 1

proc keep {} {
    set out [open $::file.new w]
    fconfigure $out -encoding utf-8 -translation lf
    puts -nonewline $out [.text get 1.0 end-1c]
    close $out
    file rename -force $::file.new $::file
    .text edit modified 0
    set ::waiting 0
}

set waiting 0
bind .text <<Modified>> {if {[.text edit modified] && !$waiting} {set waiting 1; after idle keep}}
bind .text <F5> {.text delete 1.0 end}
focus -force .text
keep
