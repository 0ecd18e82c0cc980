"""What hem's tests have a person do in Qt 5: qt.py PAGE [X,Y [dark]]. What was done is told on standard output."""
import sys

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor, QKeySequence, QPalette
from PyQt5.QtWidgets import (QAction, QApplication, QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit,
                             QMainWindow, QPushButton, QRadioButton, QShortcut, QTabWidget, QTextEdit, QVBoxLayout,
                             QWidget)


def tell(what):
    print(f'told: {what};', flush=True)


def form():
    page = QWidget()
    layout = QFormLayout(page)
    name, mail, kind, member = QLineEdit(), QLineEdit(), QComboBox(), QCheckBox('Member')
    kind.addItems(['Sloop', 'Ketch', 'Yawl'])
    for label, widget in ('Skipper', name), ('Email', mail), ('Rig', kind):
        layout.addRow(label, widget)
    layout.addRow(member)
    send = QPushButton('Register')
    send.clicked.connect(lambda: tell(f'registered {name.text()},{mail.text()},{kind.currentText()},'
                                      f'{member.isChecked()}'))
    layout.addRow(send)
    return page


def tabs():
    book, first, second = QTabWidget(), QWidget(), QWidget()
    QVBoxLayout(first).addWidget(QLabel('Nothing was logged.'))
    layout = QVBoxLayout(second)
    for text in 'Calm', 'Breeze', 'Storm':
        button = QRadioButton(text)
        button.toggled.connect(lambda on, text=text: on and tell(text))
        layout.addWidget(button)
    book.addTab(first, 'Log')
    book.addTab(second, 'Weather')
    return book


def editor():
    text = QTextEdit()
    text.setAcceptRichText(False)
    menu = window.menuBar().addMenu('Journal')
    for name in 'Stamp', 'Print':
        action = QAction(name, window)
        action.triggered.connect(lambda _, name=name: tell(name))
        menu.addAction(action)
    save = QShortcut(QKeySequence('Ctrl+S'), window)
    save.activated.connect(lambda: tell('saved ' + text.toPlainText().replace('\n', '/')))
    page = QWidget()
    layout = QHBoxLayout(page)
    layout.addWidget(QLabel('Entry'))
    layout.addWidget(text)
    return page


app = QApplication(sys.argv[:1])
app.setStyle('Fusion')
if 'dark' in sys.argv:
    palette = QPalette()
    for role, colour in ((QPalette.Window, '#333'), (QPalette.Base, '#222'), (QPalette.Button, '#444'),
                         (QPalette.WindowText, '#eee'), (QPalette.Text, '#eee'), (QPalette.ButtonText, '#eee')):
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
window = QMainWindow()
window.setWindowTitle('Log book')
window.setCentralWidget({'form': form, 'tabs': tabs, 'editor': editor}[sys.argv[1]]())
window.resize(600, 400)
x, y = (int(n) for n in sys.argv[2].split(',')) if len(sys.argv) > 2 else (0, 0)
window.move(x, y)
window.show()
app.exec_()
