with parts as (
    select unit, person, extract(year from from_day) as year, working_days as numerator, 0.0 as denominator
    from sick_absence
    union all
    select unit, person, extract(year from month_first) as year, 0.0 as numerator, fte / 12 as denominator
    from pay_months
)
select
    calendar_years.period,
    parts.person,
    parts.unit,
    sum(parts.numerator) as numerator,
    sum(parts.denominator) as denominator
from parts
join calendar_years on calendar_years.year = parts.year
group by calendar_years.period, parts.person, parts.unit
