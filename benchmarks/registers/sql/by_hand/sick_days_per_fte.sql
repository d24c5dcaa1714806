-- Working days of sick leave per full-time employee, by unit.
with rows as (
    select year(from_day) as year, unit, person, working_days as numerator, 0 as denominator
    from sick_absence
    union all
    select year(month_first), unit, person, 0, fte / 12
    from pay_months
)
select
    cast(year as varchar) as period, unit,
    sum(numerator) as numerator, sum(denominator) as denominator, count(distinct person) as n
from rows
where year between 2016 and 2025
group by year, grouping sets ((), (unit))
