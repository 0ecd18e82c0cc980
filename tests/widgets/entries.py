"""What the lists of gtk.py and qt.py offer."""

COUNTRIES = ['Argentina', 'Austria', 'Belgium', 'Bolivia', 'Brazil', 'Canada', 'Chile', 'Colombia', 'Croatia',
             'Denmark', 'Ecuador', 'Egypt', 'Estonia', 'Finland', 'France', 'Germany', 'Ghana', 'Greece', 'Hungary',
             'Iceland', 'India', 'Ireland', 'Italy', 'Japan', 'Kenya', 'Latvia', 'Mexico', 'Morocco', 'Norway',
             'Peru', 'Poland', 'Portugal', 'Romania', 'Senegal', 'Spain', 'Sweden', 'Turkey', 'Uruguay', 'Vietnam',
             'Zambia']
TOPPINGS = ['Basil', 'Capers', 'Garlic', 'Ham', 'Mushrooms', 'Olives', 'Onions', 'Peppers', 'Salami', 'Tomatoes']
