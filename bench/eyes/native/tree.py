"""What a program reports of itself over AT-SPI, taken down at once as plain records, so that nothing asks the program twice."""
import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi

SCREEN, WINDOW = Atspi.CoordType.SCREEN, Atspi.CoordType.WINDOW
STATES = {name: getattr(Atspi.StateType, name.upper()) for name in
          ('showing', 'visible', 'sensitive', 'enabled', 'focused', 'checked', 'indeterminate', 'pressed', 'expanded', 'selected', 'editable', 'multi_line', 'active', 'checkable', 'defunct', 'focusable', 'expandable')}
LONG = ('table', 'tree table', 'tree', 'list', 'list box', 'layered pane')
WITHOUT_CHILDREN = ('spin button', 'scroll bar', 'table column header', 'slider')
TEXTS_PLACED = ('gtk2', 'gtk3', 'gtk4')


class Node:
    """One accessible: what it says of itself, its box on the screen, its words with their boxes."""

    def __init__(self, role, name, parent):
        self.role, self.name, self.parent, self.children = role, name, parent, []
        self.box, self.states, self.text, self.value, self.words, self.actions, self.attributes, self.label = [0, 0, 0, 0], set(), None, None, [], [], {}, ''

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def above(self):
        node = self.parent
        while node:
            yield node
            node = node.parent

    def __repr__(self):
        return f'{self.role} "{self.name}" {self.box} {sorted(self.states)} {self.text!r}'


def call(function, *arguments, otherwise=None):
    """Asks the program; what it cannot say is `otherwise`."""
    try:
        return function(*arguments)
    except Exception:  # a GLib.Error of the bus, or an object that went away
        return otherwise


def states_of(accessible):
    seen = call(accessible.get_state_set)
    return {name for name, state in STATES.items() if seen and seen.contains(state)}


def extents(accessible, kind=SCREEN):
    component = call(accessible.get_component_iface)
    got = call(component.get_extents, kind) if component else None
    return [got.x, got.y, got.width, got.height] if got else [0, 0, 0, 0]


def words_of(text, offset):
    """The words of a Text with the box of each, from its first to its last character."""
    count = min(text.get_character_count(), 6000)
    whole = text.get_text(0, count)
    found, start = [], None
    for i in range(len(whole) + 1):
        space = i == len(whole) or whole[i].isspace()
        if start is None and not space:
            start = i
        if start is not None and space:
            got = text.get_range_extents(start, i, SCREEN)
            found.append((whole[start:i], [got.x + offset[0], got.y + offset[1], got.width, got.height]))
            start = None
    return found


def take_text(node, accessible, toolkit, offset):
    text = call(accessible.get_text_iface)
    if not text:
        return
    count = call(text.get_character_count, otherwise=0)
    if count <= 0:
        node.text = ''
        return
    node.text = call(text.get_text, 0, min(count, 6000))
    placed = toolkit in TEXTS_PLACED or 'multi_line' in node.states
    if placed and node.role not in ('table cell', 'tree item') and node.text:
        node.words = call(words_of, text, offset, otherwise=[])


def take_value(node, accessible):
    value = call(accessible.get_value_iface)
    if value:
        node.value = call(value.get_current_value)


def label_of(accessible):
    """The text of the label that the program itself says belongs to this field."""
    for relation in call(accessible.get_relation_set, otherwise=[]) or []:
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            return ' '.join(filter(None, (call(relation.get_target(i).get_name) for i in range(relation.get_n_targets()))))
    return ''


def take(accessible, toolkit, offset, parent=None, depth=0):
    """Takes down an accessible and what is shown in it."""
    role, name = call(accessible.get_role_name, otherwise=''), call(accessible.get_name, otherwise='') or ''
    node = Node(role, name, parent)
    node.accessible, node.states = accessible, states_of(accessible)
    node.box = extents(accessible)
    node.box[0] += offset[0]
    node.box[1] += offset[1]
    node.attributes = call(accessible.get_attributes, otherwise={}) or {}
    take_text(node, accessible, toolkit, offset)
    if role in ('slider', 'spin button', 'dial', 'progress bar'):
        take_value(node, accessible)
    if role in ('combo box', 'text', 'entry', 'password text', 'slider', 'spin button', 'push button', 'check box', 'toggle button'):
        node.label = label_of(accessible)
    action = call(accessible.get_action_iface)
    if action:
        node.actions = [call(action.get_action_name, i) for i in range(call(action.get_n_actions, otherwise=0))]
    if role not in WITHOUT_CHILDREN and depth < 60:
        take_children(node, accessible, toolkit, offset, depth)
    return node


def take_children(node, accessible, toolkit, offset, depth):
    """Long lists are followed only as far as they are in view."""
    count, unseen = call(accessible.get_child_count, otherwise=0), 0
    seen_one = False
    for i in range(min(count, 3000)):
        child = call(accessible.get_child_at_index, i)
        if not child:
            continue
        if node.role in LONG and count > 150:
            box = extents(child)
            inside = box[1] + offset[1] < node.box[1] + node.box[3] and box[1] + box[3] + offset[1] > node.box[1] and box[3] > 0
            unseen = 0 if inside else unseen + 1
            seen_one = seen_one or inside
            if not inside:
                if unseen > (60 if seen_one else 1500):
                    break
                continue
        node.children.append(take(child, toolkit, offset, node, depth + 1))


def application(pids):
    """The accessible of the program, once it has registered."""
    desktop = Atspi.get_desktop(0)
    for i in range(call(desktop.get_child_count, otherwise=0)):
        child = call(desktop.get_child_at_index, i)
        if child and call(child.get_process_id, otherwise=-1) in pids and call(child.get_child_count, otherwise=0) > 0:
            return child
    return None


def windows(app):
    """The accessibles of the program's shown windows."""
    tops = [call(app.get_child_at_index, i) for i in range(call(app.get_child_count, otherwise=0))]
    return [top for top in tops if top and 'showing' in states_of(top)]
