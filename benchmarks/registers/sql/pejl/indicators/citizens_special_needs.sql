select calendar_years.period, needs.person, 1 as numerator
from needs
join calendar_years on calendar_years.year = needs.year
