using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.Systems;

/// <summary>An admin registers one of the organisation's systems with its public key. What people must answer for (judging
/// what is lawful, signing, giving roles) is not for systems.</summary>
internal static class RegisterSystem
{
    private const int NameMax = 100;
    private const int JwkMax = 2000;
    private const int RsaBitsMin = 2048;

    public sealed record Request(
        string Name, Guid OrganisationId, IReadOnlyList<string> Roles, JsonElement PublicJwk, Guid? UnitId = null);

    public sealed record View(Guid Id, string Name, Guid OrganisationId, Guid? UnitId, IReadOnlyList<string> Roles);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/systems", Handle).WithName(nameof(RegisterSystem)).Creates();

    internal static async Task<Answer<View>> Handle(
        Request request, Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (request.OrganisationId != caller.Organisation) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        var wrong = Described(request.Name, request.Roles)
            .Must("publicJwk", IsPublicKey(request.PublicJwk), "system.key-not-public");
        if (wrong.Refusal is { } malformed) return malformed;
        UnitRef? unit = request.UnitId is { } asked ? new UnitRef(asked) : null;
        if (caller.Exceeds(unit) is { } other) return other;
        var organisation = new OrganisationRef(request.OrganisationId);
        if (unit is not null && !await db.Units.AnyAsync(one => one.UnitId == unit && one.OrganisationId == organisation, cancel))
            return Refusal.NotFound;

        var system = new SystemClient
        {
            SystemId = Guid.CreateVersion7(clock.GetUtcNow()), Name = request.Name.Trim(), OrganisationId = organisation,
            UnitId = unit,
            Roles = Sorted(request.Roles),
            PublicJwk = request.PublicJwk.GetRawText(), Version = 1,
        };
        db.Systems.Add(system);
        await db.SaveChangesAsync(cancel); // before its key, which refers to it
        db.SystemKeys.Add(SystemKeys.New(system.SystemId, request.PublicJwk, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/identity/v1/systems/{system.SystemId}", Of(system), system.Version);
    }

    internal static Fields Described(string name, IReadOnlyList<string> roles) => GiveMembership.RolesIn(roles)
        .Must("roles", !roles.Any(Roles.OfPeople.Contains), "system.role-is-for-people")
        .Text("name", name, NameMax);

    internal static List<string> Sorted(IEnumerable<string> roles) =>
        [.. roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static View Of(SystemClient system) =>
        new(system.SystemId, system.Name, system.OrganisationId.Value, system.UnitId?.Value, system.Roles);

    /// <summary>P-256 or RSA of at least 2,048 bits, and no private member: a private key that was sent to us is no longer
    /// private.</summary>
    internal static bool IsPublicKey(JsonElement jwk)
    {
        if (jwk.ValueKind is not JsonValueKind.Object || jwk.GetRawText().Length > JwkMax) return false;
        try
        {
            var key = new JsonWebKey(jwk.GetRawText());
            if (key.HasPrivateKey || key.D is not null || key.K is not null) return false;
            return key.Kty switch
            {
                JsonWebAlgorithmsKeyTypes.EllipticCurve => key.Crv == JsonWebKeyECTypes.P256 && key.KeySize == 256,
                JsonWebAlgorithmsKeyTypes.RSA => key.KeySize >= RsaBitsMin,
                _ => false,
            };
        }
        catch (Exception notAKey) when (notAKey is ArgumentException or FormatException or JsonException)
        {
            return false;
        }
    }
}
