with assigned as (
    select
        housing_assignments.assignment_id,
        housing_assignments.person,
        housing_assignments.assigned_on,
        later.day as later,
        later.month_first,
        later.month_last
    from housing_assignments
    join calendar_days as assignment on assignment.day = housing_assignments.assigned_on
    join calendar_days as later on later.day = assignment.year_later
    where housing_assignments.assigned_on >= date '2016-01-01' and housing_assignments.assigned_on <= date '2024-12-31'
)
select
    assigned.assignment_id,
    assigned.person,
    assigned.assigned_on as event_date,
    case
        when exists (
            select 1
            from residence
            where residence.person = assigned.person
                and residence.address_type = 'ordinary'
                and residence.from_day <= assigned.later
                and coalesce(residence.to_day, date '9999-12-31') >= assigned.later
        )
        and not exists (
            select 1
            from stays
            where stays.person = assigned.person
                and stays.section in ('107', '110')
                and stays.from_day <= assigned.month_last
                and coalesce(stays.to_day, date '9999-12-31') >= assigned.month_first
        )
        and not exists (
            select 1
            from homelessness
            where homelessness.person = assigned.person
                and homelessness.from_day <= assigned.later
                and coalesce(homelessness.to_day, date '9999-12-31') >= assigned.later
        )
        then 1
        else 0
    end as numerator,
    1 as denominator
from assigned
