"""The truth of one picture (percept-truth/1, shared/percept/schema.json) from what the program reports and, where it reports nothing, from the pixels."""
import json, re
import ink

ROLES = {'push button': 'button', 'button': 'button', 'toggle button': 'button', 'push button menu': 'button', 'check box': 'checkbox', 'radio button': 'radio', 'text': 'textbox', 'entry': 'textbox', 'password text': 'textbox', 'text box': 'textbox', 'editbar': 'textbox',
         'combo box': 'combobox', 'link': 'link', 'page tab': 'tab', 'slider': 'slider', 'spin button': 'spinbutton', 'switch': 'switch', 'list item': 'option',
         'menu': 'menuitem', 'menu item': 'menuitem', 'check menu item': 'menuitem', 'radio menu item': 'menuitem', 'tearoff menu item': 'menuitem'}
NEUTRAL = {'scroll bar', 'table cell', 'tree item', 'table column header', 'column header', 'row header', 'table row header', 'canvas', 'drawing area', 'terminal', 'dial', 'calendar',
           'progress bar', 'document frame', 'document web', 'document text', 'html container', 'image map', 'level bar', 'chart', 'ruler', 'unknown'}
WORDLESS = {'canvas', 'drawing area', 'dial', 'calendar', 'progress bar', 'document frame', 'document web', 'icon', 'image', 'scroll bar', 'level bar', 'status bar', 'statusbar', 'terminal', 'ruler', 'unknown'}
CELLS = {'table cell', 'tree item', 'table column header', 'column header', 'row header', 'table row header'}
LABELS = {'label', 'static', 'heading', 'caption', 'paragraph', 'accelerator label', 'static text'}
CLIPPING = {'scroll pane', 'viewport', 'table', 'tree table', 'tree', 'list', 'list box'}
MENUS = {'menu', 'popup menu'}
ALNUM = re.compile(r'[^\W_]', re.U)


def area(box):
    return max(0, box[2]) * max(0, box[3])


def meet(a, b):
    """What two boxes have in common; its area may be 0."""
    x, y = max(a[0], b[0]), max(a[1], b[1])
    return [x, y, max(0, min(a[0] + a[2], b[0] + b[2]) - x), max(0, min(a[1] + a[3], b[1] + b[3]) - y)]


def union(boxes):
    x, y = min(b[0] for b in boxes), min(b[1] for b in boxes)
    return [x, y, max(b[0] + b[2] for b in boxes) - x, max(b[1] + b[3] for b in boxes) - y]


def clean(name):
    """A name as it is drawn: without markup and line breaks."""
    name = re.sub(r'<[a-zA-Z/][^>]*>', ' ', name) if re.search(r'</|<br|<p|<html', name) else name
    return ' '.join(name.replace('&amp;', '&').replace('\ufffc', ' ').split())


class Picture:
    """One picture while its truth is being written."""

    def __init__(self, pixels, look, toolkit, window, popups, neutral=()):
        self.neutral = neutral
        self.pixels, self.look, self.toolkit, self.window, self.popups = pixels, look, toolkit, window, popups
        self.region = meet(union([window] + popups), [0, 0, pixels.shape[1], pixels.shape[0]])
        self.elements, self.words, self.ignore_boxes, self.ignore_word_boxes = [], [], [], []
        self.placed = self.inked = 0

    # where a node is

    def floating(self, node):
        """Whether the node stands in an open menu or list, above the window."""
        if not any(area(meet(node.box, popup)) > .8 * area(node.box) for popup in self.popups):
            return False
        above = list(node.above())
        return bool(above) and (above[0].role in MENUS or above[-1].popup or any(one.role == 'combo box' for one in above))

    def visible(self, node):
        """The part of the node's box that can be seen: clipped by what it scrolls in and by the window."""
        box = meet(node.box, self.region if self.floating(node) else self.window)
        for one in node.above():
            if (one.role in CLIPPING or self.toolkit.startswith('qt')) and area(one.box) and not self.floating(node):
                box = meet(box, one.box)
        return box

    def covered(self, node, box):
        return not self.floating(node) and any(area(meet(box, popup)) > 0 for popup in self.popups)

    # words

    def no_words(self, box):
        if area(box):
            self.ignore_word_boxes.append(box)

    def loose(self, node, text, box):
        """Words that are drawn somewhere in the box."""
        if self.covered(node, box):
            return self.no_words(box)
        self.words += [{'text': one, 'box': box, 'loose': True} for one in clean(text).split()]

    def place(self, node, clip):
        """Words whose boxes the toolkit reports."""
        for text, box in node.words:
            seen = meet(box, clip)
            if box[2] <= 0 or box[3] <= 0 or area(seen) < .1 * area(box):
                continue
            if self.covered(node, seen):
                self.no_words(seen)
                continue
            word = {'text': text, 'box': seen}
            if area(seen) < .9 * area(box):
                word['ignore'] = 'clipped'
            elif ALNUM.search(text):
                self.placed += 1
                self.inked += ink.has_ink(self.pixels, seen)
            self.words.append(word)

    def named(self, node, box, text):
        """The words of a widget that draws its name; returns where, or None where it does not seem to draw it."""
        text = clean(text)
        if not text:
            self.no_words(box)
            return None
        at = ink.drawn(self.pixels, box, text, self.look)
        if at:
            self.loose(node, text, box)
        else:
            self.no_words(box)
        return at

    # elements

    def states(self, node, role):
        said, states = node.states, []
        if role in ('checkbox', 'radio', 'switch', 'menuitem') and 'checked' in said:
            states.append('checked')
        if 'indeterminate' in said:
            states = ['mixed']
        if role == 'button' and said & {'pressed', 'checked'}:
            states.append('pressed')
        if not said & {'sensitive'} or not said & {'enabled'}:
            states.append('disabled')
        states += [one for one in ('focused', 'expanded') if one in said]
        if role in ('tab', 'option', 'menuitem') and 'selected' in said:
            states.append('selected')
        if role == 'textbox' and 'editable' not in said and 'disabled' not in states:
            states.append('readonly')
        return states

    def role(self, node, box):
        """The ARIA role of a node, or None where it is nothing to act on."""
        role = ROLES.get(node.role)
        above = list(node.above())
        if any(one.role == 'combo box' for one in above) and not self.floating(node):
            return None
        if node.role == 'toggle button' and 'toggle' in node.actions and 'click' not in node.actions and not node.name:
            return 'switch'
        if role == 'menuitem' and any(one.role == 'combo box' for one in above):
            return 'option'
        if role == 'option' and any(one.role == 'combo box' for one in above) and not self.floating(node):
            return None
        if self.toolkit.startswith('qt') and role in ('checkbox', 'radio'):
            small = not node.children and max(box[2:]) <= 26 and box[2] < 1.4 * box[3]
            if (above and above[0].role == 'tool bar') or (not node.children and not small and ink.framed(self.pixels, box)):
                return 'button'
        if role == 'menuitem' and self.toolkit.startswith('qt') and not clean(node.name):
            return None
        return role

    def add(self, node, role, box):
        name = clean(node.name or node.label)
        element = {'role': role, 'name': name, 'value': None, 'box': box, 'states': self.states(node, role)}
        alt, native = [], node.role
        if role in ('textbox', 'combobox', 'spinbutton', 'slider'):
            self.field(node, element, box)
        elif role in ('checkbox', 'radio'):
            alt = self.checkable(node, element, box)
        elif role == 'tab':
            alt = self.tab(node, element, box)
        elif role == 'switch':
            self.no_words(box)
            alt = [one for one in [ink.tight(ink.ink(self.pixels, box, 12), box)] if one]
        else:
            alt = self.plain(node, element, box, role)
        if alt:
            element['alt_boxes'] = alt
        element['native_role'] = native
        if not ink.has_ink(self.pixels, box, 8):
            element['ignore'] = 'nothing is drawn'
        if area(box) < .5 * area(node.box):
            element['ignore'] = 'more than half clipped'
        if self.covered(node, box):
            element['ignore'] = 'covered by an open menu'
        if role == 'button' and 'expanded' in element['states'] and node.children and box[3] > 48 and box[2] > 60:
            element['ignore'] = 'reported box covers its content (expander)'
        if role == 'textbox' and 'readonly' in element['states'] and 'multi_line' in node.states:
            element['ignore'] = 'read-only text'
        self.elements.append(element)

    def field(self, node, element, box):
        role, text = element['role'], node.text
        inner = next((one for child in node.children for one in child.walk() if one.role in ('text', 'entry') and one.text is not None), None)
        if role == 'combobox':
            text = inner.text if inner else (text or node.name)
            if element['name'] == clean(text):
                element['name'] = clean(node.label)
        if role == 'slider' or (role == 'spinbutton' and not text and node.value is not None):
            text = ('%g' % node.value) if role == 'spinbutton' else str(node.value)
        if node.role == 'password text':
            element['password'], text = True, None
        element['value'] = text
        if 'multi_line' in node.states:
            element['multiline'] = True
        self.field_words(inner if inner and inner.words else node, role, text, box, node)

    def field_words(self, source, role, text, box, node):
        hint = node.attributes.get('placeholder-text') or source.attributes.get('placeholder-text')
        if role == 'slider':
            self.no_words(box)
        elif source.words:
            self.place(source, box)
        elif text:
            self.loose(node, text, box) if role != 'spinbutton' or self.toolkit != 'qt5' or source.text else self.named(node, box, text)
        elif hint:
            self.loose(node, hint, box)
        else:
            self.no_words(box)

    def checkable(self, node, element, box):
        if self.toolkit.startswith('qt') and any(child.role != 'label' for child in node.children):
            box[3] = min(box[3], round(self.look['points'] * 2.2))  # a group box that can be checked: its title only
        text = self.named(node, box, element['name'])
        if not text and not element['name']:
            text = next((one.box for one in node.walk() if one.role in LABELS and area(one.box)), None)
        mark = ink.indicator(self.pixels, box, text)
        return [one for one in (mark, union([mark, text]) if mark and text else None) if one]

    def tab(self, node, element, box):
        label = next((one for child in node.children for one in child.walk() if one.role in LABELS and one.words and area(meet(one.box, box))), None)
        if not element['name'] and label:
            element['name'] = clean(label.text)
        text = self.named(node, box, element['name'])
        if self.toolkit in ('gtk2', 'gtk3'):
            return [[box[0] - 12, box[1] - 2, box[2] + 24, box[3] + 4]]
        return [text] if text else []

    def plain(self, node, element, box, role):
        """Buttons, links, menu items and options: the name is drawn in them, or a label stands in them."""
        if any(one.role in LABELS and (one.words or one.name) for child in node.children for one in child.walk() if not self.floating(one) or self.floating(node)) and role != 'menuitem':
            element['name'] = element['name'] or clean(' '.join(one.text or one.name for one in node.walk() if one.role in LABELS))
            return []
        if role == 'menuitem' and self.floating(node):
            return self.item(node, element, box)
        text = self.named(node, box, element['name'])
        return [text] if text and not ink.framed(self.pixels, box) else []

    def item(self, node, element, box):
        """An item of an open menu: its accelerator, which nobody reports, stands at its right."""
        text = ink.drawn(self.pixels, box, element['name'], self.look, leading=True)
        self.loose(node, element['name'], box)
        right = text[0] + text[2] + 4 if text else box[0] + box[2] * 55 // 100
        self.ignore_word_boxes.append([right, box[1], box[0] + box[2] - right, box[3]])
        return [text] if text else []

    # the walk

    def take(self, node):
        box = self.visible(node)
        shown = 'showing' in node.states and 'visible' in node.states and area(box) > 0
        if not shown and node.role not in ('page tab', 'menu', 'combo box', 'list item'):
            return
        if any(re.fullmatch(one, f'{node.role}:{node.name}') for one in self.neutral):
            return self.nobodys(box)
        if shown and box[2] >= 3 and box[3] >= 3:
            self.note(node, box)
        for child in node.children:
            self.take(child)

    def nobodys(self, box):
        """An area of which nothing is known."""
        if area(box):
            self.ignore_boxes.append(box)
            self.ignore_word_boxes.append(box)

    def unreported(self, node, box):
        """What toolkits draw and do not report: scroll arrows and close buttons among tabs, the overflow arrow of a tool bar, line numbers beside text."""
        if node.role == 'page tab list' and self.toolkit in ('gtk2', 'gtk3'):
            tabs = [[one.box[0] - 12, one.box[1] - 2, one.box[2] + 24, one.box[3] + 4] for one in node.children if one.role == 'page tab' and area(meet(one.box, box))]
            if tabs:
                strip = union(tabs)
                upright = strip[3] > strip[2]
                strip = [strip[0], box[1], strip[2], box[3]] if upright else [box[0], strip[1], box[2], strip[3]]
                self.ignore_boxes += without(meet(strip, box), tabs)
        elif node.role == 'tool bar' and node.children:
            right = max(one.box[0] + one.box[2] for one in node.children)
            self.ignore_boxes.append([right, box[1], max(0, box[0] + box[2] - right), box[3]])
        elif node.role in ('text', 'entry') and 'multi_line' in node.states and node.words:
            left = min(word[1][0] for word in node.words)
            self.no_words([box[0], box[1], max(0, left - box[0] - 2), box[3]])
        elif node.role in ('status bar', 'statusbar'):
            self.nobodys(box)

    def note(self, node, box):
        role = self.role(node, box)
        self.unreported(node, box)
        above = list(node.above())
        if above and above[0].role in ('text', 'entry', 'password text') and (role or node.role == 'icon'):
            self.ignore_boxes.append(box)
            return self.no_words(box)
        if role:
            self.add(node, role, box)
        elif node.role in CELLS:
            self.cell(node, box)
        elif node.role in NEUTRAL:
            self.ignore_boxes.append(box)
        if node.role in WORDLESS:
            if not any(one.role in LABELS for one in node.walk()):
                self.no_words(box)
            if node.role in ('icon', 'image') and any(one.role == 'layered pane' for one in node.above()):
                self.ignore_boxes.append(box)
                self.loose(node, node.name, box)
        elif node.role in LABELS and not any(one.role == 'combo box' for one in node.above()):
            if node.words:
                self.place(node, box)
            else:
                self.loose(node, node.text or node.name, box)
        elif node.role in ('panel', 'grouping', 'group box', 'frame', 'window', 'dialog') and self.toolkit.startswith('qt') and node.parent and node.name:
            self.title(node, box)

    def cell(self, node, box):
        if any(child.role in CELLS for child in node.children):
            return
        self.ignore_boxes.append(box)
        text = node.text or node.name
        if self.toolkit in ('gtk2', 'gtk3'):  # the first column is reported without its expander, too far right by as much
            table = next((one.box for one in node.above() if one.role in CLIPPING), box)
            left = max(table[0], box[0] - 24)
            box = [left, box[1], box[0] + box[2] - left, box[3]]
        if box[3] < .8 * node.box[3] or box[2] < .8 * node.box[2] or not text:
            self.no_words(box)
        else:
            self.loose(node, text, box)

    def title(self, node, box):
        """The title of a group box, drawn along its top edge."""
        strip = [box[0], box[1], box[2], min(box[3], round(self.look['points'] * 2.6))]
        if ink.drawn(self.pixels, strip, clean(node.name), self.look):
            self.loose(node, node.name, strip)

    def name_visible(self, element):
        x, y, w, h = element['box']
        near = [x - 260, y - 40, w + 300, h + 60] if element['role'] in ('textbox', 'combobox', 'spinbutton', 'slider', 'switch') else [x - 2, y - 2, w + 4, h + 4]
        tokens = {one for word in self.words if not word.get('ignore') and area(meet(word['box'], near)) for one in re.findall(r'[^\W_]+', word['text'])}
        wanted = re.findall(r'[^\W_]+', element['name'])
        return bool(wanted) and all(one in tokens for one in wanted)

    def overlaid(self, others):
        """Other windows seen within the region, beside the window and its menus, are nobody's truth."""
        for box in others:
            part = meet(box, self.region)
            if area(part) and self.popups and meet(part, self.window) != part:
                for strip in without(part, [self.window] + self.popups):
                    self.ignore_boxes.append(strip)
                    self.ignore_word_boxes.append(strip)

    def unexplained(self):
        """Text that nobody reports is no mistake of the eyes."""
        known = self.ignore_boxes + self.ignore_word_boxes + [one['box'] for one in self.words + self.elements]
        self.missed = [one for one in ink.textlike(self.pixels, self.window, known + self.popups)]
        self.ignore_word_boxes += self.missed

    def truth(self, image, source):
        self.unexplained()
        for element in self.elements:
            if element['name']:
                element['name_visible'] = self.name_visible(element)
        x, y, w, h = self.region
        source = dict(source, appearance='dark' if self.pixels[y:y + h, x:x + w].mean() < 110 else 'light')
        height, width = self.pixels.shape[:2]
        return {'schema': 'percept-truth/1', 'image': image, 'size': [width, height], 'source': source, 'region': self.region, 'ignore_boxes': unique(self.ignore_boxes),
                'ignore_word_boxes': unique(self.ignore_word_boxes), 'elements': self.elements, 'words': self.words}


def without(box, holes):
    """The box less the holes, as boxes."""
    left = [box]
    for hole in holes:
        rest = []
        for one in left:
            cut = meet(one, hole)
            if not area(cut):
                rest.append(one)
                continue
            bottom, right = one[1] + one[3], one[0] + one[2]
            rest += [[one[0], one[1], one[2], cut[1] - one[1]], [one[0], cut[1] + cut[3], one[2], bottom - cut[1] - cut[3]], [one[0], cut[1], cut[0] - one[0], cut[3]],
                     [cut[0] + cut[2], cut[1], right - cut[0] - cut[2], cut[3]]]
        left = [one for one in rest if area(one)]
    return left


def unique(boxes):
    return [list(box) for box in dict.fromkeys(tuple(int(v) for v in box) for box in boxes)]


def dump(truth, path):
    """Writes the truth with one element and one word a line."""
    def lines(items):
        return '[\n' + ',\n'.join('  ' + json.dumps(one, ensure_ascii=False) for one in items) + '\n ]' if items else '[]'
    parts = [f' "{key}": ' + (lines(value) if key in ('elements', 'words') else json.dumps(value, ensure_ascii=False)) for key, value in truth.items()]
    with open(path, 'w', encoding='utf-8') as out:
        out.write('{\n' + ',\n'.join(parts) + '\n}\n')
