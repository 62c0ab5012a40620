using System.Text.Json;
using Iop.Web.Gateway;
using Iop.Web.Operating;
using Iop.Web.Texts;

namespace Iop.Web.Providers;

/// <summary>Logins of organisations' own, as the pages need them.</summary>
internal sealed class ProvidersApi(GatewayCalls gateway, Words words)
{
    private const string Root = "/identity/v1/providers";

    public Task<Answer<Listing<Provider>>> All(CancellationToken cancel) => gateway.Get<Listing<Provider>>(Root, cancel);

    public Task<Answer<Provider>> One(Guid id, CancellationToken cancel) => gateway.Get<Provider>($"{Root}/{id}", cancel);

    public Task<Answer<Provider>> Add(object body, string? key, CancellationToken cancel) =>
        gateway.Create<Provider>(Root, body, key, cancel);

    public Task<Answer<Provider>> Change(Guid id, object body, string? tag, CancellationToken cancel) =>
        gateway.Act<Provider>(HttpMethod.Put, $"{Root}/{id}", body, tag, null, cancel);

    public Task<Answer<object>> End(Guid id, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Delete, $"{Root}/{id}", null, tag, null, cancel);

    public Task<Answer<Provider>> RenewKey(Guid id, string? tag, CancellationToken cancel) =>
        gateway.Act<Provider>(HttpMethod.Post, $"{Root}/{id}/key", null, tag, null, cancel);

    public Task<Answer<Provider>> SwapKeys(Guid id, string? tag, CancellationToken cancel) =>
        gateway.Act<Provider>(HttpMethod.Post, $"{Root}/{id}/key/swap", null, tag, null, cancel);

    public Task<Answer<Provider>> DropKey(Guid id, string? tag, CancellationToken cancel) =>
        gateway.Act<Provider>(HttpMethod.Delete, $"{Root}/{id}/key", null, tag, null, cancel);

    public Task<Answer<ProviderTrial>> Try(Guid id, CancellationToken cancel) =>
        gateway.Ask<ProviderTrial>($"{Root}/{id}/tests", new { }, cancel);

    public Task<Answer<Provider>> Grant(Guid id, object body, string? key, CancellationToken cancel) =>
        gateway.Create<Provider>($"{Root}/{id}/grants", body, key, cancel);

    public Task<Answer<GrantToTakeBack>> GrantOf(Guid id, Guid grant, CancellationToken cancel) =>
        gateway.Get<GrantToTakeBack>($"{Root}/{id}/grants/{grant}", cancel);

    public Task<Answer<Provider>> TakeBack(Guid id, Guid grant, string? tag, CancellationToken cancel) =>
        gateway.Act<Provider>(HttpMethod.Delete, $"{Root}/{id}/grants/{grant}", null, tag, null, cancel);

    public Task<Answer<Listing<OpenProvider>>> Open(CancellationToken cancel) =>
        gateway.Get<Listing<OpenProvider>>("/identity/v1/sign-in/providers", cancel);

    /// <summary>The units that roles can be given in; none when the register does not answer.</summary>
    public async Task<IReadOnlyList<(string Value, string Text)>> Units(Guid organisation, CancellationToken cancel) =>
        [.. ((await gateway.Get<OfOrganisation>($"/registry/v1/organisations/{organisation}", cancel)).Value?.Units ?? [])
            .Select(unit => (unit.Id.ToString(), unit.Name))];

    /// <summary>Whose login the operator means, by number or whole name; none when nothing was written.</summary>
    public async Task<(Guid? Organisation, Problem? Problem)> Meant(string? written, CancellationToken cancel)
    {
        if (written is null) return (null, null);
        var found = await gateway.Get<KnownOrganisations>(
            $"/registry/v1/organisations?limit=50&q={Uri.EscapeDataString(written)}", cancel);
        if (found.Problem is { } no) return (null, no);
        var meant = found.Value!.Items.Where(one => string.Equals(one.Name, written, StringComparison.OrdinalIgnoreCase)
            || Bare(one.Number) == Bare(written)).ToList();
        return meant is [var one] ? (one.Id, null)
            : (null, new Problem(StatusCodes.Status400BadRequest, "request.invalid", words["problem.400"], null,
                [new WrongField("organisation", "provider.unknown-organisation", words["providers.organisation.unknown"])]));
    }

    private static string Bare(string number) => number.Replace("-", "", StringComparison.Ordinal).Trim();

    private sealed record OfOrganisation(IReadOnlyList<OfUnit>? Units);

    private sealed record OfUnit(Guid Id, string Name);
}

public sealed record Provider(
    Guid Id, Guid OrganisationId, string OrganisationName, string Name, string Issuer, string? Tenant, string ClientId,
    string Scopes, string Proof, JsonElement? PublicJwk, string RedirectUri, string SignedOutUri, bool Mine,
    IReadOnlyList<ProviderGrant> Grants, string ProviderTag, OtherProviderKey? OtherKey = null, string? KeysUri = null)
{
    /// <summary>Our certificate, for providers that take no JWK.</summary>
    public string? Certificate => PublicJwk is { } jwk ? CertificateOf(jwk) : null;

    public static string? CertificateOf(JsonElement jwk) => jwk.ValueKind is JsonValueKind.Object
        && jwk.TryGetProperty("x5c", out var chain) && chain[0].GetString() is { } one
        ? $"-----BEGIN CERTIFICATE-----\n{string.Join('\n', one.Chunk(64).Select(line => new string(line)))}\n-----END CERTIFICATE-----"
        : null;
}

/// <summary>Published beside the key that signs.</summary>
public sealed record OtherProviderKey(JsonElement PublicJwk, DateTimeOffset Since, DateTimeOffset MaySignFrom);

public sealed record ProviderGrant(
    Guid Id, string Source, string Value, string OrganisationName, string? UnitName, IReadOnlyList<string> Roles);

/// <summary>With how many people lose roles, at once when it is the last one there.</summary>
public sealed record GrantToTakeBack(ProviderGrant Grant, bool IsLast, int People, string GrantTag);

public sealed record ProviderTrial(
    bool Works, string? Code, string? Detail, string? Issuer, IReadOnlyList<string> KeyIds, bool SaysWhoAnswers, bool SignsOut);

public sealed record OpenProvider(Guid Id, string Name);
