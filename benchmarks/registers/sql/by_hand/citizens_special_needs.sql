-- Citizens with support, a stay, treatment or no home on the last day of the year.
with years as (
    select year, cast(year as varchar) as period, make_date(year, 12, 31) as day from range(2016, 2026) as years(year)
),
spells as (
    select person, from_day, to_day from support
    union all
    select person, from_day, to_day from stays
    union all
    select person, from_day, to_day from treatments where person is not null
    union all
    select person, from_day, to_day from homelessness where person is not null
),
rows as (
    select distinct spells.person, years.period, years.day
    from spells
    join years on years.day between spells.from_day and coalesce(spells.to_day, date '9999-12-31')
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
    select distinct support.person, years.day, support.target_group
    from support
    join years on years.day between support.from_day and coalesce(support.to_day, date '9999-12-31')
)
select
    period, district, null as target_group, age_group, sex,
    count(*) as numerator, null as denominator, count(*) as n
from standing
group by period, grouping sets (
    (), (district), (age_group), (sex), (district, age_group), (district, sex), (age_group, sex)
)
union all
select
    period, district, coalesce(target_group, 'none') as target_group, age_group, sex,
    count(*) as numerator, null as denominator, count(*) as n
from standing
left join groups on groups.person = standing.person and groups.day = standing.day
group by period, coalesce(target_group, 'none'), grouping sets ((), (district), (age_group), (sex))
