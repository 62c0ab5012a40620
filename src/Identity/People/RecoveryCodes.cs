using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>A person gets new recovery codes (återställningskoder), shown this once; the old ones are worth nothing then. How
/// the own account stands.</summary>
internal static class RecoveryCodes
{
    public sealed record Request(string Password);

    public sealed record Codes(IReadOnlyList<string> RecoveryCodes);

    public sealed record Account(bool HasPassword, int RecoveryCodesLeft);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/session/account", Show).WithName("ShowAccount");
        api.MapPost("/session/recovery-codes", Handle).WithName("RenewRecoveryCodes");
    }

    internal static async Task<Answer<Account>> Show(Caller caller, IdentityDb db, CancellationToken cancel)
    {
        var id = new PersonId(caller.Person);
        if (await db.People.AsNoTracking().FirstOrDefaultAsync(one => one.PersonId == id, cancel) is not { } person)
            return Refusal.NotFound;
        var left = await db.Database.SqlQuery<int>($"""
            SELECT count(*)::int AS "Value" FROM recovery_code WHERE person_id = {caller.Person} AND used_at IS NULL
            """).SingleAsync(cancel);
        return new Account(person.CanSignIn, left);
    }

    internal static async Task<Answer<Codes>> Handle(
        Request request, Caller caller, IdentityDb db, OwnPassword own, AccountTrail trail, CancellationToken cancel)
    {
        var (person, refusal) = await own.Of(caller, request.Password, cancel);
        if (refusal is not null) return refusal;
        await trail.OfAccount("RenewRecoveryCodes", person!.PersonId, ["modified recovery_code"], cancel);
        return new Codes(await Renew(person.PersonId, db, cancel));
    }

    internal static async Task<IReadOnlyList<string>> Renew(PersonId person, IdentityDb db, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"DELETE FROM recovery_code WHERE person_id = {person.Value}", cancel);
        var codes = Enumerable.Range(0, RecoveryCode.PerPerson).Select(_ => RecoveryCode.New()).ToList();
        var hashes = codes.ConvertAll(Random256.HashOf).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO recovery_code (person_id, code_hash) SELECT {person.Value}, unnest({hashes})", cancel);
        return codes;
    }
}
