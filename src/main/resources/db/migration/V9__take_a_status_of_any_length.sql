-- The first transition to an unknown status is looked up by a digest of the status: an index takes no text that is longer
-- than a third of a page, and no page of the list with such a status in it could be stored.
create index transition_to_unknown_status_digest on dcs.transition (source, md5(to_status)) where to_class = 'unknown';
drop index dcs.transition_to_unknown_status;
