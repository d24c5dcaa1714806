-- The level of vulnerability of everybody who lives in the municipality on the last day of a year.
select
    residence.person,
    calendar_years.year,
    case needs.need when 3 then 'acute' when 2 then 'extensive' when 1 then 'some' else 'none' end as level
from residence
join calendar_years
    on residence.from_day <= calendar_years.last_day
    and coalesce(residence.to_day, date '9999-12-31') >= calendar_years.last_day
left join needs on needs.person = residence.person and needs.year = calendar_years.year
