"""Widgets of GTK 3 for tests/hem_widgets.c: gtk.py PAGE. F9 prints what each of them holds, in one line."""
import sys

import gi

gi.require_version('Gdk', '3.0')
gi.require_version('Gtk', '3.0')
from gi.repository import Gdk, Gtk  # noqa: E402

from entries import COUNTRIES, TOPPINGS  # noqa: E402

holds = {}  # name: function


def combo(entries, active=0):
    box = Gtk.ComboBoxText()
    for text in entries:
        box.append_text(text)
    box.set_active(active)
    return box


def spin(low, high, step, digits):
    button = Gtk.SpinButton.new_with_range(low, high, step)
    button.set_digits(digits)
    return button


def scale(low, high, drawn):
    widget = Gtk.Scale.new_with_range(Gtk.Orientation.HORIZONTAL, low, high, 1)
    widget.set_draw_value(drawn)
    widget.set_value_pos(Gtk.PositionType.RIGHT)
    widget.set_hexpand(True)
    return widget


def tree(entries, several):
    store = Gtk.ListStore(str)
    for text in entries:
        store.append([text])
    view = Gtk.TreeView(model=store, headers_visible=False)
    view.append_column(Gtk.TreeViewColumn('', Gtk.CellRendererText(), text=0))
    view.get_selection().set_mode(Gtk.SelectionMode.MULTIPLE if several else Gtk.SelectionMode.BROWSE)
    scrolled = Gtk.ScrolledWindow(min_content_height=150, shadow_type=Gtk.ShadowType.IN)
    scrolled.add(view)

    def held():
        model, paths = view.get_selection().get_selected_rows()
        return ','.join(model[path][0] for path in paths)
    return scrolled, held


def radios(entries):
    box, group = Gtk.Box(spacing=12), []
    for text in entries:
        group.append(Gtk.RadioButton.new_with_label_from_widget(group[0] if group else None, text))
        box.add(group[-1])
    return box, lambda: next(b.get_label() for b in group if b.get_active())


def rows_values(add):
    size = combo(['Small', 'Medium', 'Large', 'Extra large'])
    add('Size', size, size.get_active_text)
    country = combo(COUNTRIES)
    add('Country', country, country.get_active_text)
    colour = Gtk.ComboBoxText.new_with_entry()
    for text in ['Red', 'Green', 'Blue', 'Yellow']:
        colour.append_text(text)
    add('Colour', colour, colour.get_active_text)
    guests = spin(0, 99, 1, 0)
    add('Guests', guests, lambda: str(guests.get_value_as_int()))
    price = spin(0, 500, 0.25, 2)
    add('Price', price, lambda: '%.2f' % price.get_value())
    volume = scale(0, 100, True)
    add('Volume', volume, lambda: '%g' % volume.get_value())
    heat = scale(10, 30, True)
    add('Heating', heat, lambda: '%g' % heat.get_value())
    add('Delivery', *radios(['Standard', 'Express', 'Pickup']))
    gift = Gtk.CheckButton(label='Wrap as a gift')
    add('Gift', gift, lambda: str(gift.get_active()))
    dark = Gtk.Switch(halign=Gtk.Align.START)
    add('Dark mode', dark, lambda: str(dark.get_active()))


def rows_lists(add):
    add('Planet', *tree(['Mercury', 'Venus', 'Earth', 'Mars', 'Jupiter', 'Saturn', 'Uranus', 'Neptune', 'Pluto',
                         'Ceres', 'Eris', 'Haumea', 'Makemake', 'Sedna'], False))
    add('Toppings', *tree(TOPPINGS, True))
    city = Gtk.Entry(completion=Gtk.EntryCompletion())
    city.get_completion().set_text_column(0)
    store = Gtk.ListStore(str)
    for text in ['Berlin', 'Bergen', 'Bern', 'Lisbon', 'Lima', 'Lille', 'Oslo', 'Paris', 'Porto', 'Prague']:
        store.append([text])
    city.get_completion().set_model(store)
    picked = ['']
    city.get_completion().connect('match-selected', lambda c, m, i: picked.__setitem__(0, m[i][0]))
    add('City', city, lambda: city.get_text())
    holds['Picked'] = lambda: picked[0]
    chooser = Gtk.FileChooserButton(title='Choose a file')
    add('Document', chooser, lambda: chooser.get_filename() or '')


def calendar():
    """A calendar that shows 1 May 2026, and what it holds as an ISO date."""
    days = Gtk.Calendar()
    days.select_month(4, 2026)
    days.select_day(1)

    def held():
        year, month, day = days.get_date()
        return '%04d-%02d-%02d' % (year, month + 1, day)
    return days, held


def rows_dates(add):
    add('Arrival', *calendar())
    days, held = calendar()
    button, popover = Gtk.MenuButton(label='Pick a date', halign=Gtk.Align.START), Gtk.Popover()
    days.connect('day-selected', lambda _: button.set_label(held()))
    days.show()
    popover.add(days)
    button.set_popover(popover)
    add('Departure', button, held)


def menu_bar():
    chosen = ['']
    bar = Gtk.MenuBar()

    def fill(menu, entries, path):
        for text in entries:
            item = Gtk.MenuItem(label=text)
            if isinstance(entries, dict) and entries[text]:
                item.set_submenu(Gtk.Menu())
                fill(item.get_submenu(), entries[text], path + [text])
            else:
                item.connect('activate', lambda _, p=path + [text]: chosen.__setitem__(0, '/'.join(p)))
            menu.append(item)
    fill(bar, {'File': {'New': None, 'Open': None, 'Export': {'PDF': None, 'Plain text': None}, 'Print': None},
               'Edit': {'Undo': None, 'Redo': None, 'Preferences': None}, 'Help': {'About': None}}, [])
    holds['Menu'] = lambda: chosen[0]
    return bar


def main():
    window = Gtk.Window(title='Widgets')
    window.set_default_size(620, 100)
    box, grid = Gtk.Box(orientation=Gtk.Orientation.VERTICAL), Gtk.Grid(row_spacing=8, column_spacing=12, margin=12)

    def add(name, widget, held):
        row = len(grid.get_children()) // 2
        grid.attach(Gtk.Label(label=name + ':', xalign=0, valign=Gtk.Align.CENTER), 0, row, 1, 1)
        grid.attach(widget, 1, row, 1, 1)
        holds[name] = held
    if sys.argv[1] == 'values':
        box.add(menu_bar())
    {'values': rows_values, 'lists': rows_lists, 'dates': rows_dates}[sys.argv[1]](add)
    box.add(grid)
    window.add(box)

    def key(_, event):
        if event.keyval == Gdk.KEY_F9:
            print('|%s|' % '|'.join('%s=%s' % (name, held()) for name, held in holds.items()), flush=True)
            return True
        return False
    window.connect('key-press-event', key)
    window.connect('destroy', Gtk.main_quit)
    window.show_all()
    Gtk.main()


main()
