using System.Text.Json;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>Finding the things of a case again by the names it gave them, as its people would.</summary>
internal static class Looking
{
    private const string Mine = "/agreements/v1/partnerships?limit=100";

    public static async Task<JsonElement?> Partnership(Api api, string title, CancellationToken cancel) =>
        First((await api.Get(Mine, cancel)).Items(), one => one.GetProperty("title").GetString() == title);

    public static async Task<Guid?> PartnershipId(Api api, string title, CancellationToken cancel) =>
        (await Partnership(api, title, cancel))?.GetProperty("id").GetGuid();

    public static async Task<Reply> PartnershipView(Api api, string title, CancellationToken cancel) =>
        await api.Get($"/agreements/v1/partnerships/{await PartnershipId(api, title, cancel)}", cancel);

    /// <summary>The partnership's agreement of that name; its only one when no name is given.</summary>
    public static async Task<Guid?> AgreementId(Api api, string partnership, string? title, CancellationToken cancel) =>
        First((await PartnershipView(api, partnership, cancel)).Items("agreements"),
            one => title is null || one.GetProperty("title").GetString() == title)?.GetProperty("id").GetGuid();

    public static async Task<Reply> Agreement(Api api, string partnership, string? title, CancellationToken cancel) =>
        await api.Get($"/agreements/v1/agreements/{await AgreementId(api, partnership, title, cancel)}", cancel);

    public static async Task<Reply> Assessment(Api api, string partnership, string? title, CancellationToken cancel) =>
        await api.Get($"/agreements/v1/agreements/{await AgreementId(api, partnership, title, cancel)}/assessment", cancel);

    public static async Task<JsonElement?> Entry(Api api, string title, CancellationToken cancel) => First(
        (await api.Get($"/registry/v1/entries?q={Uri.EscapeDataString(title)}&limit=100", cancel)).Items(),
        one => one.GetProperty("title").GetString()!.Contains(title, StringComparison.Ordinal));

    public static JsonElement? SectionOf(Reply agreement, string key) =>
        First(agreement.Items("sections"), one => one.GetProperty("key").GetString() == key);

    public static bool IsWritten(this Reply agreement, string key) =>
        SectionOf(agreement, key)?.GetProperty("status").GetString() == "complete";

    /// <summary>All have signed its first version, whatever has become of it since.</summary>
    public static bool IsSigned(this Reply agreement) =>
        agreement.Text("state") is not ("draft" or "assessment" or "open-for-signature");

    /// <summary>The organisation's party, or that of its unit.</summary>
    public static JsonElement? Party(Reply reply, Organisation organisation, string? unit = null) =>
        First(reply.Items("parties"), one => one.GetProperty("name").GetString() is { } name
            && name.StartsWith(organisation.Name, StringComparison.Ordinal)
            && (unit is null || name.EndsWith(unit, StringComparison.Ordinal)));

    public static JsonElement? First(IEnumerable<JsonElement> items, Func<JsonElement, bool> wanted)
    {
        foreach (var item in items)
        {
            if (wanted(item)) return item;
        }
        return null;
    }
}
