-- Share with an income under half of the median and little wealth in each of three years, students left out.
with medians as (
    select year, median(equivalised_income) / 2 as line
    from income
    group by year
),
poor as (
    select
        person,
        income.year,
        cast(equivalised_income < line and net_wealth < 100000 and not student as integer) as poor
    from income
    join medians on medians.year = income.year
),
spans as (
    select
        person,
        year,
        poor + lag(poor, 1) over by_person + lag(poor, 2) over by_person as poor_years,
        lag(year, 2) over by_person as first_year
    from poor
    window by_person as (partition by person order by year)
),
rows as (
    select
        person,
        cast(year as varchar) as period,
        make_date(year, 12, 31) as day,
        cast(poor_years = 3 as integer) as numerator,
        1 as denominator
    from spans
    where first_year = year - 2 and year between 2016 and 2025
),
days as (
    select make_date(year, 12, 31) as day from range(2016, 2026) as years(year)
),
located as (
    select
        rows.*,
        coalesce(residence.district, 'unknown') as district,
        coalesce(persons.sex, 'unknown') as sex,
        year(rows.day) - year(persons.birth_date)
            - cast((month(rows.day), day(rows.day)) < (month(persons.birth_date), day(persons.birth_date)) as integer)
            as age
    from rows
    left join persons on persons.person = rows.person
    left join residence
        on residence.person = rows.person
        and rows.day between residence.from_day and coalesce(residence.to_day, date '9999-12-31')
),
standing as (
    select
        located.* exclude (age),
        case
            when age is null then 'unknown'
            when age <= 17 then '0_17'
            when age <= 29 then '18_29'
            when age <= 44 then '30_44'
            when age <= 64 then '45_64'
            else '65_plus'
        end as age_group
    from located
),
groups as (
    select distinct support.person, days.day, support.target_group
    from support
    join days on days.day between support.from_day and coalesce(support.to_day, date '9999-12-31')
)
select
    period, district, null as target_group, age_group, sex,
    sum(numerator) as numerator, sum(denominator) as denominator, count(*) as n
from standing
group by period, grouping sets (
    (), (district), (age_group), (sex), (district, age_group), (district, sex), (age_group, sex)
)
union all
select
    period, district, coalesce(target_group, 'none') as target_group, age_group, sex,
    sum(numerator) as numerator, sum(denominator) as denominator, count(*) as n
from standing
left join groups on groups.person = standing.person and groups.day = standing.day
group by period, coalesce(target_group, 'none'), grouping sets ((), (district), (age_group), (sex))
