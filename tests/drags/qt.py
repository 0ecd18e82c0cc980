"""The left half can be dragged, and dropped on the right one (Qt 5). Each drop is told on standard output."""
import sys

from PyQt5.QtCore import QMimeData, Qt
from PyQt5.QtGui import QDrag
from PyQt5.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget


class Card(QLabel):
    def mousePressEvent(self, event):
        self.pressed = event.pos()

    def mouseMoveEvent(self, event):
        if (event.pos() - self.pressed).manhattanLength() < QApplication.startDragDistance():
            return
        drag = QDrag(self)
        data = QMimeData()
        data.setText('card')
        drag.setMimeData(data)
        drag.exec_(Qt.CopyAction)


class Tray(QLabel):
    def dragEnterEvent(self, event):
        event.acceptProposedAction()

    def dropEvent(self, event):
        at = self.mapTo(self.window(), event.pos())
        print(f'drop {event.mimeData().text()} at {at.x()},{at.y()}.', flush=True)
        event.acceptProposedAction()


app = QApplication(sys.argv)
window = QWidget()
layout = QHBoxLayout(window)
layout.setContentsMargins(0, 0, 0, 0)
layout.setSpacing(0)
for half, text, name in (Card, 'Card', 'card'), (Tray, 'Tray', 'tray'):
    label = half(text, alignment=Qt.AlignCenter, objectName=name)
    layout.addWidget(label, 1)
    label.setAcceptDrops(half is Tray)
window.setWindowTitle('Drags')
window.showFullScreen()
sys.exit(app.exec_())
