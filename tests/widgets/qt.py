"""Widgets of Qt 5 for tests/hem_widgets.c: qt.py PAGE. F9 prints what each of them holds, in one line."""
import sys

from PyQt5.QtCore import QDate, QDateTime, Qt, QTime
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import (QAbstractItemView, QApplication, QButtonGroup, QCalendarWidget, QCheckBox, QComboBox,
                             QCompleter, QDateEdit, QDateTimeEdit, QDoubleSpinBox, QFileDialog, QFormLayout,
                             QHBoxLayout, QLabel, QLineEdit, QListWidget, QMainWindow, QMenu, QPushButton,
                             QRadioButton, QShortcut, QSlider, QSpinBox, QTimeEdit, QWidget, QWidgetAction)

from entries import COUNTRIES, TOPPINGS

holds = {}  # name: function


def combo(entries, editable=False):
    box = QComboBox()
    box.addItems(entries)
    box.setEditable(editable)
    return box


def spin(kind, low, high, step):
    box = kind()
    box.setRange(low, high)
    box.setSingleStep(step)
    return box


def slider(low, high):
    """A slider with its value in a label beside it."""
    row, line, number = QWidget(), QSlider(Qt.Horizontal), QLabel(str(low))
    line.setRange(low, high)
    line.valueChanged.connect(lambda value: number.setText(str(value)))
    number.setMinimumWidth(30)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(line)
    layout.addWidget(number)
    return row, lambda: str(line.value())


def radios(entries):
    row, group = QWidget(), QButtonGroup()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for text in entries:
        button = QRadioButton(text)
        group.addButton(button)
        layout.addWidget(button)
    group.buttons()[0].setChecked(True)
    return row, lambda: group.checkedButton().text()


def listed(entries, several):
    box = QListWidget()
    box.addItems(entries)
    box.setFixedHeight(140)
    if several:
        box.setSelectionMode(QAbstractItemView.ExtendedSelection)
    return box, lambda: ','.join(sorted(item.text() for item in box.selectedItems()))


def rows_values(add):
    size = combo(['Small', 'Medium', 'Large', 'Extra large'])
    add('Size', size, size.currentText)
    country = combo(COUNTRIES)
    add('Country', country, country.currentText)
    colour = combo(['Red', 'Green', 'Blue', 'Yellow'], True)
    add('Colour', colour, colour.currentText)
    guests = spin(QSpinBox, 0, 99, 1)
    add('Guests', guests, lambda: str(guests.value()))
    price = spin(QDoubleSpinBox, 0, 500, 0.25)
    add('Price', price, lambda: '%.2f' % price.value())
    add('Volume', *slider(0, 100))
    add('Heating', *slider(10, 30))
    add('Delivery', *radios(['Standard', 'Express', 'Pickup']))
    gift = QCheckBox('Wrap as a gift')
    add('Gift', gift, lambda: str(gift.isChecked()))
    day = QDateEdit(QDate(2026, 5, 1))
    add('Arrival', day, lambda: day.date().toString(Qt.ISODate))
    picked = QDateEdit(QDate(2026, 5, 1))
    picked.setCalendarPopup(True)
    add('Departure', picked, lambda: picked.date().toString(Qt.ISODate))
    time = QTimeEdit(QTime(8, 0))
    add('Wake-up call', time, lambda: time.time().toString('HH:mm'))
    both = QDateTimeEdit(QDateTime(QDate(2026, 5, 1), QTime(12, 0)))
    add('Taxi', both, lambda: both.dateTime().toString('yyyy-MM-dd HH:mm'))


def rows_lists(add):
    add('Planet', *listed(['Mercury', 'Venus', 'Earth', 'Mars', 'Jupiter', 'Saturn', 'Uranus', 'Neptune', 'Pluto',
                           'Ceres', 'Eris', 'Haumea', 'Makemake', 'Sedna'], False))
    add('Toppings', *listed(TOPPINGS, True))
    city, picked = QLineEdit(), ['']
    city.setCompleter(QCompleter(['Berlin', 'Bergen', 'Bern', 'Lisbon', 'Lima', 'Lille', 'Oslo', 'Paris', 'Porto',
                                  'Prague']))
    city.completer().activated[str].connect(lambda text: picked.__setitem__(0, text))
    add('City', city, city.text)
    holds['Picked'] = lambda: picked[0]
    document, chosen = QPushButton('Choose document'), ['']

    def choose():
        chosen[0] = QFileDialog.getOpenFileName(options=QFileDialog.DontUseNativeDialog)[0]
    document.clicked.connect(choose)
    add('Document', document, lambda: chosen[0])


def calendar():
    days = QCalendarWidget()
    days.setSelectedDate(QDate(2026, 5, 1))
    return days, lambda: days.selectedDate().toString(Qt.ISODate)


def rows_dates(add):
    """A calendar that stands there, one in the menu of a button, and a date with words in it that opens one."""
    add('Arrival', *calendar())
    button, menu, (days, held) = QPushButton('Pick a date'), QMenu(), calendar()
    days.setFirstDayOfWeek(Qt.Sunday)
    days.setVerticalHeaderFormat(QCalendarWidget.NoVerticalHeader)
    item = QWidgetAction(menu)
    item.setDefaultWidget(days)
    menu.addAction(item)
    button.setMenu(menu)

    def picked(day):
        button.setText(day.toString('d MMM yyyy'))
        menu.close()
    days.clicked.connect(picked)
    add('Departure', button, held)
    worded = QDateEdit(QDate(2026, 5, 1))
    worded.setCalendarPopup(True)
    worded.setDisplayFormat('dddd, d MMMM yyyy')
    add('Return', worded, lambda: worded.date().toString(Qt.ISODate))


def menu_bar(window):
    chosen = ['']

    def fill(menu, entries, path):
        for text in entries:
            if isinstance(entries, dict) and entries[text]:
                fill(menu.addMenu(text), entries[text], path + [text])
            else:
                menu.addAction(text).triggered.connect(
                    lambda _, p=path + [text]: chosen.__setitem__(0, '/'.join(p)))
    fill(window.menuBar(), {'File': {'New': None, 'Open': None, 'Export': {'PDF': None, 'Plain text': None},
                                     'Print': None},
                            'Edit': {'Undo': None, 'Redo': None, 'Preferences': None}, 'Help': {'About': None}}, [])
    holds['Menu'] = lambda: chosen[0]


def main():
    application = QApplication(sys.argv)
    window, page = QMainWindow(), QWidget()
    window.setWindowTitle('Widgets')
    form = QFormLayout(page)

    def add(name, widget, held):
        form.addRow(name + ':', widget)
        holds[name] = held
    if sys.argv[1] == 'values':
        menu_bar(window)
    {'values': rows_values, 'lists': rows_lists, 'dates': rows_dates}[sys.argv[1]](add)
    window.setCentralWidget(page)
    window.resize(620, 100)
    QShortcut(QKeySequence('F9'), window).activated.connect(
        lambda: print('|%s|' % '|'.join('%s=%s' % (name, held()) for name, held in holds.items()), flush=True))
    window.show()
    application.exec_()


main()
