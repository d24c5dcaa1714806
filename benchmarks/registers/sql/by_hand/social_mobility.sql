-- Moves between levels of vulnerability from one year's last day to the next; deaths and moves away are levels of
-- their own.
with years as (
    select year, make_date(year, 12, 31) as day from range(2016, 2026) as years(year)
),
spells as (
    select person, from_day, to_day, case when hours_per_week >= 10 then 2 else 1 end as need from support
    union all
    select person, from_day, to_day, case when section in ('109', '110') then 3 else 2 end from stays
    union all
    select person, from_day, to_day, 1 from treatments where person is not null
    union all
    select person, from_day, to_day, 3 from homelessness where person is not null
),
needs as (
    select spells.person, years.year, max(spells.need) as need
    from spells
    join years on years.day between spells.from_day and coalesce(spells.to_day, date '9999-12-31')
    group by all
),
residents as (
    select residence.person, years.year, residence.district
    from residence
    join years on years.day between residence.from_day and coalesce(residence.to_day, date '9999-12-31')
),
levels as (
    select
        residents.*,
        case needs.need when 3 then 'acute' when 2 then 'extensive' when 1 then 'some' else 'none' end as level
    from residents
    left join needs on needs.person = residents.person and needs.year = residents.year
),
moves as (
    select
        before.person,
        before.year || '>' || (before.year + 1) as period,
        before.district,
        before.level as from_level,
        case
            when persons.death_date <= make_date(before.year + 1, 12, 31) then 'dead'
            else coalesce(later.level, 'moved')
        end as to_level
    from levels as before
    left join levels as later on later.person = before.person and later.year = before.year + 1
    left join persons on persons.person = before.person
    where before.year <= 2024
)
select
    period, district, from_level, to_level,
    count(*) as numerator, null as denominator, count(*) as n
from moves
group by period, grouping sets ((), (from_level), (to_level), (from_level, to_level), (district, from_level, to_level))
