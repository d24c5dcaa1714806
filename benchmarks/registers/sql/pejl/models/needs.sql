-- How great a need a person has on the last day of a year: 3 acute, 2 extensive, 1 some.
with spells as (
    select person, from_day, to_day, case when hours_per_week >= 10 then 2 else 1 end as need from support
    union all
    select person, from_day, to_day, case when section in ('109', '110') then 3 else 2 end as need from stays
    union all
    select person, from_day, to_day, 1 as need from treatments where person is not null
    union all
    select person, from_day, to_day, 3 as need from homelessness where person is not null
)
select spells.person, calendar_years.year, max(spells.need) as need
from spells
join calendar_years
    on spells.from_day <= calendar_years.last_day
    and coalesce(spells.to_day, date '9999-12-31') >= calendar_years.last_day
group by spells.person, calendar_years.year
