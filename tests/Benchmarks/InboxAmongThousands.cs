extern alias notifications;

using Iop.TestKit;

namespace Iop.Benchmarks;

/// <summary>Somebody looks into the inbox, among ten thousand people of five hundred organisations, beside the same questions put
/// straight to the database: the first page, and the number that stands on every page; in an organisation like most, in one with
/// thousands of lines, and as an administrator there, who also stands in for those who are missing.</summary>
internal static class InboxAmongThousands
{
    private const string Service = "notifications";

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        await using var service = await ServiceInOperation<notifications::Program>.StartAsync(
            servers, Service, NotificationsFilled.FillAsync);
        (string Where, int Person, string Role)[] readers =
        [
            ("an organisation", Signatory, "signatory"),
            ("a great organisation", NotificationsFilled.SignatoryOfGreat, "signatory"),
            ("a great one, as its administrator", NotificationsFilled.AdminOfGreat, "admin"),
        ];
        foreach (var (where, person, role) in readers)
        {
            object[] reader = [Populace.OrganisationOf(person), Populace.Person(person), new[] { role }];
            using var http = service.SignedIn(
                service.Identity.Token(Populace.Person(person), Populace.OrganisationOf(person), role));
            yield return new($"first page of the inbox of {where} / its SQL",
                _ => http.MustGetAsync("/notifications/v1/inbox"), _ => service.Sql.RunAsync(Page, reader)) { Rounds = 300 };
            yield return new($"number in the inbox of {where} / its SQL",
                _ => http.MustGetAsync("/notifications/v1/inbox/count"), _ => service.Sql.RunAsync(Number, reader))
            {
                Rounds = 300,
            };
        }
    }

    private const int Signatory = Populace.Organisations + 77;

    private const string Seen = """
        organisation_id = $1 AND done_at IS NULL AND (cardinality(roles) = 0 OR roles && $3)
          AND NOT EXISTS (SELECT FROM dismissal d WHERE d.line_id = l.line_id AND d.person_id = $2 AND (d.until IS NULL OR d.until > current_date))
        """;

    private const string Page = $"""
        WITH seen AS (SELECT * FROM inbox_line l WHERE {Seen})
        SELECT p.*, c.title, o.name FROM (
          SELECT *, count(*) OVER () AS total FROM seen ORDER BY must_act DESC, since DESC, line_id DESC LIMIT 21) p
        LEFT JOIN circle c USING (circle_id)
        LEFT JOIN known_organisation o ON o.organisation_id = (p.arguments ->> 'organisation')::uuid
        """;

    private const string Number =
        $"SELECT count(*) FILTER (WHERE must_act), count(*) FROM inbox_line l WHERE {Seen}";
}
