-- With ten thousand people: what somebody has put away is found by person, not by going through everybody's; the same for who holds
-- which role in an organisation.
CREATE INDEX dismissal_by_person ON dismissal (person_id, line_id);
CREATE INDEX recipient_by_organisation ON recipient (organisation_id);

-- A person's own rows are her own whatever she acts for: only what she puts away must be a line that she sees. To ask for that again
-- at every reading took all the organisation's lines, done ones too, into each question.
ALTER POLICY own_rows ON dismissal USING (person_id = caller_person())
  WITH CHECK (person_id = caller_person() AND line_id IN (SELECT line.line_id FROM inbox_line line));

-- In which circles an organisation is, for the titles of its lines.
CREATE INDEX circle_member_by_organisation ON circle_member (organisation_id, circle_id);
