select
    calendar_transitions.period,
    levels.person,
    levels.level as from_level,
    case
        when persons.death_date <= calendar_transitions.to_day then 'dead'
        else coalesce(later.level, 'moved')
    end as to_level,
    1 as numerator
from levels
join calendar_transitions on calendar_transitions.from_year = levels.year
left join levels as later on later.person = levels.person and later.year = calendar_transitions.to_year
left join persons on persons.person = levels.person
