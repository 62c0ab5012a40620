namespace Iop.EndToEnd.Tests;

/// <summary>Agreements of one's own to try things on, made by the API as Solna and a foundation would.</summary>
internal static class Agreed
{
    public const string Officer = "solna-officer";
    public const string Partner = "foundation-signatory";
    public static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"u8.ToArray();
    private const string Foundation = "Stiftelsen Tryggare Sverige";

    public static async Task<Guid> Together(RunningSystem system, string title, CancellationToken stop)
    {
        var officer = system.As(Officer);
        var partnership = await officer.Create(
            "/agreements/v1/partnerships", new { title, challenge = "Kvällarna är otrygga." }, stop);
        var found = await officer.Get($"/registry/v1/organisations?q={Uri.EscapeDataString(Foundation)}", stop);
        await officer.Create($"/agreements/v1/partnerships/{partnership.Id}/parties",
            new { organisationId = found.Items().Single().GetProperty("id").GetGuid(), requiredSignatures = 1 }, stop);
        return partnership.Id;
    }

    public static async Task<Guid> Drafted(RunningSystem system, string title, CancellationToken stop)
    {
        var partnership = await Together(system, title, stop);
        var agreement = await system.As(Officer).Create($"/agreements/v1/partnerships/{partnership}/agreements",
            new { title, startsOn = "2027-01-01", endsOn = "2028-12-31", autoRenews = false }, stop);
        return agreement.Id;
    }

    /// <summary>In force, by the shortest way there is: signed on paper long ago, and confirmed by both.</summary>
    public static async Task<Guid> InForce(RunningSystem system, string title, CancellationToken stop)
    {
        var (officer, partnership) = (system.As(Officer), await Together(system, title, stop));
        var paper = await officer.Create($"/agreements/v1/partnerships/{partnership}/paper-agreements",
            new
            {
                title, signedOn = "2025-12-01", startsOn = "2026-01-01", endsOn = "2028-12-31", autoRenews = false,
                noticeMonths = 3,
            }, stop);
        var agreement = paper.Body.GetProperty("agreementId").GetGuid();
        var path = $"/agreements/v1/agreements/{agreement}";
        var file = await officer.Upload($"{path}/attachments", "avtal.pdf", "application/pdf", Pdf, stop);
        var named = await officer.Put(
            $"{path}/paper", new { signedOn = "2025-12-01", documentId = file.Id }, paper.Text("paperTag"), stop);
        foreach (var who in new[] { Officer, Partner })
            await system.As(who).Act($"{path}/paper/confirmations", new { confirms = true }, named.Text("contentHash"), stop);
        return agreement;
    }
}
