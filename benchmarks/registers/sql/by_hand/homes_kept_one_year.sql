-- Share of assigned homes in which the citizen still lives a year later; the standing is that of the day of assignment.
with rows as (
    select
        assignment_id,
        person,
        assigned_on as day,
        cast(year(assigned_on) as varchar) as period,
        assigned_on + interval 1 year as later
    from housing_assignments
    where assigned_on between date '2016-01-01' and date '2024-12-31'
),
at_home as (
    select rows.assignment_id
    from rows
    join residence
        on residence.person = rows.person
        and rows.later between residence.from_day and coalesce(residence.to_day, date '9999-12-31')
    where residence.address_type = 'ordinary'
),
elsewhere as (
    select rows.assignment_id
    from rows
    join stays
        on stays.person = rows.person
        and stays.from_day <= last_day(rows.later)
        and coalesce(stays.to_day, date '9999-12-31') >= date_trunc('month', rows.later)
    where stays.section in ('107', '110')
    union all
    select rows.assignment_id
    from rows
    join homelessness
        on homelessness.person = rows.person
        and rows.later between homelessness.from_day and coalesce(homelessness.to_day, date '9999-12-31')
),
kept as (
    select
        person,
        day,
        period,
        1 as denominator,
        cast(
            assignment_id in (select assignment_id from at_home)
            and assignment_id not in (select assignment_id from elsewhere)
            as integer
        ) as numerator
    from rows
),
located as (
    select
        kept.*,
        coalesce(residence.district, 'unknown') as district,
        coalesce(persons.sex, 'unknown') as sex,
        year(kept.day) - year(persons.birth_date)
            - cast((month(kept.day), day(kept.day)) < (month(persons.birth_date), day(persons.birth_date)) as integer)
            as age
    from kept
    left join persons on persons.person = kept.person
    left join residence
        on residence.person = kept.person
        and kept.day between residence.from_day and coalesce(residence.to_day, date '9999-12-31')
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
    select distinct kept.person, kept.day, support.target_group
    from kept
    join support
        on support.person = kept.person
        and kept.day between support.from_day and coalesce(support.to_day, date '9999-12-31')
)
select
    period, district, null as target_group, age_group, sex,
    sum(numerator) as numerator, sum(denominator) as denominator, count(distinct standing.person) as n
from standing
group by period, grouping sets (
    (), (district), (age_group), (sex), (district, age_group), (district, sex), (age_group, sex)
)
union all
select
    period, district, coalesce(target_group, 'none') as target_group, age_group, sex,
    sum(numerator) as numerator, sum(denominator) as denominator, count(distinct standing.person) as n
from standing
left join groups on groups.person = standing.person and groups.day = standing.day
group by period, coalesce(target_group, 'none'), grouping sets ((), (district), (age_group), (sex))
