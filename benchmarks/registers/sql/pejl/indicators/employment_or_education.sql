select
    calendar_years.period,
    labour.person,
    sum(case when labour.status in ('employed', 'education') then 1 else 0 end) as numerator,
    count(*) as denominator
from labour
join calendar_years on calendar_years.year = extract(year from labour.quarter_first)
group by calendar_years.period, labour.person
