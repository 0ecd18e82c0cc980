/*
 * The sentences that are understood. A pattern's words stand for themselves, a|b for either, a_b
 * for two words, [a] for what may be left out, <x> for a slot (clause_build.h). The first pattern
 * that fits decides, so the narrow ones stand above the wide ones.
 */
#include "policy/clause_build.h"

#define CLICK  "click|tap|left-click|left_click"
#define PRESS  "press|push|hit"
#define PICK   "select|choose|pick|pick_out|opt_for"
#define WRITE  "type|type_in|write|key_in"
#define ENTER  "enter|enter_in|input|put|insert|fill|fill_in|fill_out"
#define FILL   "fill|fill_in|fill_out|complete|populate"
#define ENSURE "make_sure|ensure|see_to_it"
#define VERIFY "verify|confirm|expect|assert|validate"
#define THAT   "that"
#define MARK   "a|the|your tick|check|check_mark|tick_mark|checkmark|mark|cross"
#define PAGE   "page|screen|form|window|website|site|application|app|program|dialog"
#define SHOWN                                                                                      \
    "appears|appear|is_shown|are_shown|is_displayed|are_displayed|is_visible|are_visible|"         \
    "shows_up|is_there|are_there|exists|is_present|are_present|is_on_the_screen|is_on_the_page|"   \
    "shows|comes_up|pops_up|has_appeared|opens|is_open|loads|is_loaded|has_loaded"
#define HIDDEN                                                                                     \
    "disappears|disappear|vanishes|is_gone|are_gone|goes_away|has_disappeared|is_hidden|"          \
    "is_not_shown|is_not_displayed|is_not_visible|is_not_there|does_not_appear|doesn't_appear|"    \
    "isn't_shown|isn't_displayed|isn't_visible|isn't_there|closes|is_closed"
#define TO_SHOW                                                                                    \
    "to_appear|to_show_up|to_show|to_be_visible|to_be_shown|to_be_displayed|to_load|to_come_up|"   \
    "to_open|to_pop_up"
#define TO_HIDE "to_disappear|to_vanish|to_go_away|to_close|to_be_gone|to_be_hidden"
#define UP_TO   "up_to|at_most|for_up_to|for_at_most|a_maximum_of|for_a_maximum_of|no_more_than"
#define SAYS    "says|shows|displays|reads|contains"
#define LOGIN                                                                                      \
    "log_in|login|log_on|sign_in|log_yourself_in|log_in_to_the_site|log_into_the_site|"            \
    "sign_in_to_the_site|log_into_the_application|log_in_to_the_application"
#define EXPAND "expand|unfold|open|open_up|uncollapse"
#define SECTION                                                                                    \
    "the_section|the_panel|the_accordion|the_collapsible|the_collapsible_section|the_fold|"        \
    "the_collapsed_section|a_section|this_section|the_tree|the_collapsed_panel"
#define SECTIONS                                                                                   \
    "sections|panels|folds|accordions|collapsible_sections|collapsed_sections|branches|folders|"   \
    "all_sections|collapsed_panels|accordion_sections|nodes|tree_nodes"
#define BELOW "below|here|above|on_the_page|on_this_page|shown_below|on_the_screen"
#define TREE  "tree|file_tree|folder_tree|directory_tree|tree_view|folders|files|sections|menu_tree"
#define THROUGH                                                                                    \
    "navigate|navigate_through|browse|browse_through|go_through|look_through|search_through|"      \
    "look_in|search_in|explore"
#define NONE "nothing|none|none_of_them|no_option|no_options|no_boxes|no_checkboxes|no_items"
#define INTO_FIELDS                                                                                \
    "into_the_text_fields|into_the_fields|in_the_form|into_the_form|into_the_text_boxes|"          \
    "into_the_textboxes|into_the_input_fields|into_the_boxes|into_the_inputs|in_the_fields|"       \
    "into_the_login_form|into_the_corresponding_fields|into_the_appropriate_fields|"               \
    "into_the_respective_fields|in_their_fields|into_their_fields|in_the_text_fields|"             \
    "on_the_form|in_the_corresponding_fields|in_the_appropriate_fields|in_the_login_form"
#define CONTENT                                                                                    \
    "text|value|content|contents|number|text_that_is|value_that_is|what_is|what_stands|the_text|"  \
    "the_value|the_content|the_contents|the_number"

const struct pattern patterns[] = {
    /* menus, keys */
    {"open|click|choose|select|pick|use|go_to|navigate_to|press [on] [the] [menu|menus|menu_path] "
     "<p> "
     "[menu|from_the_menu|in_the_menu]",
     build_path, STEP_CLICK, false},
    {PRESS "|tap|strike [down] [on] <k> [on_the_keyboard|on_your_keyboard] [<n>]", build_keys,
     STEP_PRESS, false},
    {PRESS "|use [the] shortcut|keyboard_shortcut|key_combination|key|keys <k> [<n>]", build_keys,
     STEP_PRESS, false},

    /* clicks */
    {"double-click|double_click|doubleclick [on|at] <a>", build_each, STEP_DOUBLE_CLICK, false},
    {"triple-click|triple_click|tripleclick [on|at] <a>", build_each, STEP_TRIPLE_CLICK, false},
    {"right-click|right_click|rightclick [on|at] <a>", build_each, STEP_RIGHT_CLICK, false},
    {"middle-click|middle_click|middleclick [on|at] <a>", build_each, STEP_MIDDLE_CLICK, false},
    {CLICK " [on|at|into|in|inside|within] <a> [<n>]", build_each, STEP_CLICK, false},
    {PRESS " [on] <a> [<n>]", build_each, STEP_CLICK, false},
    {"toggle|flip <a>", build_each, STEP_CLICK, false},
    {"find|locate|look_for|select|choose|go_to <t> and|then|and_then " CLICK
     "|press|select|open [on] it|that",
     build_open, STEP_CLICK, false},
    {"find|locate|find_out and|& " CLICK "|press|select|open|choose [on] <t>", build_find,
     STEP_CLICK, false},
    {"search_for|look_for|find <v>", build_search_works, STEP_SET, false},
    {"search_for|search|look_up <v>", build_search, STEP_SET, false},
    {LOGIN
     " with|using [the] [username|user_name|user|login|email|account] <x> and [the] [password] "
     "<y>",
     build_login, STEP_SET, false},
    {LOGIN " as [the] [user] <x> with|using|and [the] [password] <y>", build_login, STEP_SET,
     false},
    {"find|locate|look_for <t> and|then|and_then " WRITE "|" ENTER " <v> into|in|inside it|that",
     build_type, STEP_TYPE, false},
    {"find|locate|look_for <t> and|then|and_then check|tick it|that", build_each, STEP_CHECK,
     false},
    {"find|locate|look_for <t> and|then|and_then uncheck|untick it|that", build_each, STEP_UNCHECK,
     false},
    {"submit [it|the_form|this_form|your_form]", build_submit, STEP_CLICK, false},

    {"put|place|set the|your cursor|caret|focus in|into|inside|on <t>", build_each, STEP_CLICK,
     false},
    {"focus|focus_on [on|in|into|inside] <t>", build_each, STEP_CLICK, false},

    /* checks, and what must be seen */
    {VERIFY "|check|" ENSURE " that there_is_no|there_are_no|there_isn't_a <t>", build_not_see,
     STEP_EXPECT, false},
    {VERIFY "|check|" ENSURE " that there_is|there_are [a|an|some] <t>", build_see, STEP_EXPECT,
     false},
    {VERIFY "|check|" ENSURE " [that] the|it [" PAGE "] " SAYS " <v>", build_see, STEP_EXPECT,
     false},
    {VERIFY "|" ENSURE " [that] <t> " SHOWN, build_see, STEP_EXPECT, true},
    {"check that <t> " SHOWN, build_see, STEP_EXPECT, true},
    {VERIFY "|" ENSURE " [that] <t> " HIDDEN, build_not_see, STEP_EXPECT, true},
    {"check that <t> " HIDDEN, build_not_see, STEP_EXPECT, true},
    {ENSURE " [that] <a> is|are|stays|stay|remains|remain <z>", build_state, STEP_CHECK, true},
    {"leave|keep <a> <z>", build_state, STEP_CHECK, true},
    {VERIFY " [that] <a> is|are <z>", build_expect_state, STEP_EXPECT_STATE, true},
    {"check that <a> is|are <z>", build_expect_state, STEP_EXPECT_STATE, true},
    {ENSURE " [that] <t> is|equals|is_set_to|is_set_as|is_set <q>", build_set, STEP_SET, true},
    {VERIFY " [that] <t> is|equals|reads|says|shows|is_set_to <q>", build_expect_value,
     STEP_EXPECT_VALUE, true},
    {"check that <t> is|equals|reads|says|shows|is_set_to <q>", build_expect_value,
     STEP_EXPECT_VALUE, true},
    {"expect|assert <t>", build_see, STEP_EXPECT, false},
    {"turn|switch on <a>", build_each, STEP_CHECK, false},
    {"turn|switch <a> on", build_each, STEP_CHECK, false},
    {"turn|switch off <a>", build_each, STEP_UNCHECK, false},
    {"turn|switch <a> off", build_each, STEP_UNCHECK, false},
    {"enable|activate <a>", build_each, STEP_CHECK, false},
    {"disable|deactivate <a>", build_each, STEP_UNCHECK, false},
    {"put|place|set|make|add " MARK " in|into|at|next_to|beside|on|for|in_front_of|before <a>",
     build_each, STEP_CHECK, false},
    {"remove|clear|take " MARK " from|in|at|of|off <a>", build_each, STEP_UNCHECK, false},
    {"check|tick|mark " NONE, build_nothing, STEP_CHECK, false},
    {"check|tick|mark|tick_off|check_off <a>", build_each, STEP_CHECK, false},
    {"uncheck|untick|unmark|unselect|deselect|un-check|un-tick <a>", build_each, STEP_UNCHECK,
     false},

    /* tabs */
    {"switch|go|look|move|flip|click between|through|among [all] [of] the tabs to|and|until "
     "[you] find|locate|see <t> [and|then|and_then] click|press|open|select it",
     build_expand_to, STEP_CLICK, false},
    {"switch|go|look|move|flip|click between|through|among [all] [of] the tabs to|and|until "
     "[you] find|locate|see and|then|and_then " CLICK "|press|open|select [on] <t>",
     build_expand_to, STEP_CLICK, false},
    {"switch|go|look|move|flip|click between|through|among [all] [of] the tabs to|and|until "
     "[you] find|locate|see <t>",
     build_expand_to, STEP_EXPAND, false},

    /* fields */
    {"delete|remove|erase|clear|empty [all|all_of] [the] "
     "text|contents|content|value|input|everything|entry "
     "in|from|of|inside <a>",
     build_each, STEP_CLEAR, false},
    {"clear <a>", build_clear, STEP_CLEAR, false},
    {"clear_out|empty|erase|blank|blank_out <a>", build_each, STEP_CLEAR, false},
    {"drag|move|slide|set|adjust|turn <t> to <q>", build_slide, STEP_SET, true},
    {"set|change|update|switch [the_value_of] <t> from <q> to <v>", build_set, STEP_SET, false},
    {"set|change|update|adjust|switch [the_value_of] <t> to|equal_to <v>", build_set, STEP_SET,
     true},
    {"set|use <x> as <y>", build_set_either, STEP_SET, true},
    {"replace|overwrite|change [the] text|value|content|contents of|in <t> with|by|to <v>",
     build_set, STEP_SET, false},
    {"replace <q> in|inside|within <t> with|by <v>", build_replace, STEP_SET, false},
    {FILL "|replace [in|out] <t> with|using|by <v>", build_set, STEP_SET, true},
    {WRITE "|" ENTER
           " [the|this] text|message|following|following_text|following_message into|in <t> : <v>",
     build_type, STEP_TYPE, false},
    {"copy [" CONTENT "] [of|from|in|inside|next_to|for] <t> [,] [and|then|and_then] paste "
     "[it|that|the_text|the_value] into|in|in_to|to <t>",
     build_copy, STEP_COPY, false},
    {"copy|copy_and_paste [" CONTENT "] [of|from|in|inside|next_to|for] <t> to|into|in_to <t>",
     build_copy, STEP_COPY, false},
    {WRITE "|" ENTER " " CONTENT " of|from|in|inside|next_to|for <t> into|in_to|in|to <t>",
     build_copy, STEP_COPY, false},
    {WRITE " <v> in|using <c> [into|in|in_to|inside|as|for <t>]", build_type_case, STEP_TYPE,
     false},
    {ENTER " <v> in|using <c> [into|in|in_to|inside|as|for <t>]", build_type_case, STEP_SET, false},
    {"use|using <t> to|and|, " WRITE "|" ENTER "|set <v>", build_type, STEP_SET, false},
    {"use|using <t> to|and|, " PICK " <o>", build_choose, STEP_CHOOSE, false},
    {WRITE " <v> into|in_to|inside|onto <t>", build_type, STEP_TYPE, true},
    {ENTER " <v> into|in_to|inside|onto <t>", build_type, STEP_SET, true},
    {ENTER " <x> as <y>", build_set_as, STEP_SET, true},
    {WRITE " <v> in|as|for|under <t>", build_type_weak, STEP_TYPE, true},
    {ENTER " <v> in|as|for|under <t>", build_type, STEP_SET, true},
    {"type|write <v> there|in_there|into_there|in_it|into_it", build_type_there, STEP_TYPE, false},
    {WRITE " <t> <q>", build_field_value, STEP_TYPE, true},
    {ENTER " <t> <q> [" INTO_FIELDS "]", build_field_value, STEP_SET, true},
    {WRITE " <v>", build_type, STEP_TYPE, false},
    {ENTER " <v>", build_type_open, STEP_TYPE, false},

    /* options */
    {PICK " " NONE, build_nothing, STEP_CHOOSE, false},
    {PICK " <q> with|using|on <t>", build_slide, STEP_SET, true},
    {PICK " <t> <q>", build_pick_value, STEP_CHOOSE, true},
    {PICK " <a>", build_pick, STEP_CHOOSE, false},
    {PICK " <o> from|in|among|out_of the_list|the_menu|the_options|the_list_of_options|the_choices",
     build_choose, STEP_CHOOSE, false},
    {PICK " <o> from|in|under|out_of|within|as|for <t>", build_choose, STEP_CHOOSE, true},
    {PICK " <o>", build_choose, STEP_CHOOSE, false},
    {EXPAND " " SECTION " [" BELOW "]", build_expand, STEP_EXPAND, false},
    {EXPAND " [all] [of] [the] " SECTIONS " [" BELOW "]", build_expand_all, STEP_EXPAND, false},
    {EXPAND " [all] [of] [the] " SECTION "|" SECTIONS " [" BELOW "] [,] [in_order] to|until [you] "
            "find|see|reveal|locate|reach|show|have_found <t>",
     build_expand_to, STEP_EXPAND, false},
    {EXPAND " [all] [of] [the] " SECTION "|" SECTIONS " [" BELOW "] [,] [in_order] to|until [you] "
            "find|see|reveal|locate|reach|show|have_found and|then|and_then " CLICK
            "|press|select|open [on] <t>",
     build_expand_to, STEP_CLICK, false},
    {THROUGH " the|this " TREE, build_nothing, STEP_EXPAND, false},
    {THROUGH " the|this " TREE " to|and|, find|locate|reach <t>", build_expand_to, STEP_EXPAND,
     false},
    {THROUGH " the|this " TREE " to|and|, find|locate|reach and|then|and_then " CLICK
             "|press|select|open [on] <t>",
     build_expand_to, STEP_CLICK, false},
    {"open|expand|pull_down|unfold [up] <t>", build_open, STEP_CLICK, false},
    {"go|navigate|switch|jump to <t>", build_open, STEP_CLICK, false},

    /* the pointer */
    {"drag <t> to|onto|into|on|over|in <t> and_drop_it|and_drop|and_release|and_release_it",
     build_drag, STEP_DRAG, false},
    {"drag|drag_and_drop <t> to|onto|into|on|over|on_top_of|in <t>", build_drag, STEP_DRAG, true},
    {"drag <t> and_drop_it|and_drop on|onto|in|into|over|to <t>", build_drag, STEP_DRAG, false},
    {"hover [over|on|above|the_mouse_over|your_mouse_over|the_pointer_over|the_cursor_over] <t>",
     build_each, STEP_HOVER, false},
    {"move|put|place|point the|your mouse|pointer|cursor|mouse_pointer|mouse_cursor "
     "to|over|on|onto|at <t>",
     build_each, STEP_HOVER, false},
    {"mouse_over|point_to|point_at <t>", build_each, STEP_HOVER, false},
    {"scroll|page [the] [" PAGE "] <d> [<w>] [on|in|of] [the] [" PAGE "]", build_scroll,
     STEP_SCROLL, false},
    {"scroll <d> [<w>] in|on|inside|within|over <t>", build_scroll, STEP_SCROLL, false},
    {"scroll [in|through|inside|within] <t> <d> [<w>]", build_scroll, STEP_SCROLL, false},
    {"scroll [the] [" PAGE "] [<d>] [all_the_way] to [the] <e> [of] [the] [" PAGE "]",
     build_scroll_end, STEP_SCROLL, false},
    {"scroll [" PAGE "] [<d>] until|till <t> "
     "is_visible|is_shown|appears|comes_into_view|is_in_view|can_be_seen|shows_up|is_seen",
     build_scroll_to, STEP_SCROLL, false},
    {"scroll [" PAGE
     "] [<d>] to|until|till [you_see|you_find|you_reach|you_can_see|you_get_to] <t>",
     build_scroll_to, STEP_SCROLL, false},

    /* waiting */
    {"wait|pause|sleep [for] <s>", build_wait, STEP_WAIT, false},
    {"wait for|until|till the|it [" PAGE
     "] to_load|to_finish_loading|loads|is_loaded|has_loaded|has_finished_loading|"
     "is_ready|to_be_ready",
     build_nothing, STEP_WAIT, false},
    {"wait until|till the|it [" PAGE "] " SAYS " <v>", build_see, STEP_WAIT_FOR, false},
    {"wait [" UP_TO " <s>] for <t> " TO_HIDE, build_not_see, STEP_WAIT_FOR, false},
    {"wait <s> for <t> [" TO_SHOW "]", build_see, STEP_WAIT_FOR, false},
    {"wait [" UP_TO " <s>] for <t> [" TO_SHOW "]", build_see, STEP_WAIT_FOR, false},
    {"wait for <t> [" TO_SHOW "] within|" UP_TO " <s>", build_see, STEP_WAIT_FOR, false},
    {"wait [" UP_TO " <s>] until|till <t> " SHOWN, build_see, STEP_WAIT_FOR, false},
    {"wait [" UP_TO " <s>] until|till <t> " HIDDEN, build_not_see, STEP_WAIT_FOR, false},

    /* keeping */
    {"take|make|capture [a|the] screenshot|screen_shot [of_the_screen|of_the_page] [and] "
     "[call_it|name_it|save_it_as|as|"
     "named|called] [<v>]",
     build_screenshot, STEP_SCREENSHOT, false},
    {"read|remember <t> as <q>", build_read, STEP_READ, false},
};

const int pattern_count = (int)(sizeof patterns / sizeof patterns[0]);
