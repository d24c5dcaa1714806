with poor as (
    select
        income.person,
        income.year,
        case
            when income.equivalised_income < poverty_lines.line and income.net_wealth < 100000 and not income.student
                then 1
            else 0
        end as poor
    from income
    join poverty_lines on poverty_lines.year = income.year
),
spans as (
    select
        person,
        year,
        poor + lag(poor, 1) over (partition by person order by year) + lag(poor, 2) over (partition by person order by year)
            as poor_years,
        lag(year, 2) over (partition by person order by year) as first_year
    from poor
)
select
    calendar_years.period,
    spans.person,
    case when spans.poor_years = 3 then 1 else 0 end as numerator,
    1 as denominator
from spans
join calendar_years on calendar_years.year = spans.year
where spans.first_year = spans.year - 2
