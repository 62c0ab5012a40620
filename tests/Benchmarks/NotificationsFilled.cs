using System.Globalization;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>Notifications after some years of ten thousand people in five hundred organisations: every organisation has some
/// dozens of lines open and hundreds that are done; five great ones have thousands.</summary>
internal static class NotificationsFilled
{
    /// <summary>People of an organisation with thousands of open lines.</summary>
    public const int SignatoryOfGreat = Populace.Organisations;
    public const int AdminOfGreat = 2 * Populace.Organisations;

    private const int GreatOnes = 5;
    private const int Open = 60;
    private const int OpenOfGreat = 3_000;
    private const int Done = 300;
    private const int DoneOfGreat = 12_000;

    public static Task FillAsync(NpgsqlDataSource sql) => sql.RunAsync(string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO known_organisation SELECT md5('o' || n)::uuid, 'Organisation ' || n
          FROM generate_series(1, {Populace.Organisations}) n;
        -- One in twenty is an administrator and nothing else, the others are officers, signatories, lawyers and readers.
        INSERT INTO recipient (membership_id, person_id, organisation_id, unit_id, name, email, language, roles)
          SELECT md5('m' || n)::uuid, md5('p' || n)::uuid, md5('o' || n % {Populace.Organisations} + 1)::uuid, NULL, 'Person ' || n,
            'person' || n || '@organisation.example', 'sv', CASE WHEN n / {Populace.Organisations} = 2 THEN ARRAY['admin']
              ELSE ARRAY[(ARRAY['officer', 'signatory', 'legal', 'reader'])[n / {Populace.Organisations} % 4 + 1]] END
          FROM generate_series(1, {Populace.People}) n;
        CREATE TEMP TABLE told AS SELECT o, n, md5('o' || o)::uuid AS organisation_id, md5('c' || o || ' ' || n % 20)::uuid AS circle_id,
            md5('x' || o || ' ' || n)::uuid AS matter_id,
            n > CASE WHEN o <= {GreatOnes} THEN {OpenOfGreat} ELSE {Open} END AS is_done,
            (ARRAY['sign-agreement', 'party-signed', 'notice-date-ends', 'agreement-in-force', 'approve-assessment'])[n % 5 + 1] AS kind
          FROM generate_series(1, {Populace.Organisations}) o,
            LATERAL generate_series(1, CASE WHEN o <= {GreatOnes} THEN {OpenOfGreat + DoneOfGreat} ELSE {Open + Done} END) n;
        INSERT INTO circle SELECT DISTINCT circle_id, 'Samverkan om trygghet ' || circle_id FROM told;
        INSERT INTO circle_member SELECT DISTINCT circle_id, organisation_id, NULL::uuid, '' FROM told;
        INSERT INTO inbox_line (line_id, organisation_id, roles, kind, arguments, matter, whose, occasion, circle_id, subject_kind,
            subject_id, path, since, must_act, done_at)
          SELECT gen_random_uuid(), organisation_id,
            CASE kind WHEN 'sign-agreement' THEN ARRAY['signatory'] WHEN 'approve-assessment' THEN ARRAY['legal'] ELSE ARRAY[]::text[] END,
            kind, jsonb_build_object('title', 'Vårsol ' || n, 'organisation', md5('o' || n % {Populace.Organisations} + 1)::uuid,
              'noticeOn', '2026-06-30', 'endsOn', '2026-12-31'),
            'agreement:' || matter_id, md5('w' || o)::uuid, 1, circle_id, 'agreement', matter_id, '/avtal/' || matter_id,
            now() - n * interval '1 hour', kind IN ('sign-agreement', 'approve-assessment'),
            CASE WHEN is_done THEN now() END
          FROM told;
        -- Everybody has put some of the news away, in the great ones too, and of what is done by now much more.
        INSERT INTO dismissal (line_id, person_id, dismissed_at)
          SELECT l.line_id, r.person_id, now() FROM recipient r JOIN inbox_line l USING (organisation_id)
          WHERE NOT l.must_act AND (hashtext(l.line_id::text || r.person_id) & 7) < CASE WHEN l.done_at IS NULL THEN 2 ELSE 1 END;
        ANALYZE;
        """));
}
