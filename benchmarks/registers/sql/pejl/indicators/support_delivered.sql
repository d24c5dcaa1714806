select calendar_years.period, support_delivered.person, sum(support_delivered.minutes) as numerator, 1 as denominator
from support_delivered
join calendar_years on calendar_years.year = extract(year from support_delivered.week_first)
group by calendar_years.period, support_delivered.person
