using Iop.Agreements.Domain.Aid;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;

namespace Iop.Agreements.Aid;

/// <summary>A recipient states what other small aid it has had, that it has had none, or which other organisation is the same
/// undertaking (intygar). A wrong statement is withdrawn by another.</summary>
internal static class StateOtherAid
{
    /// <param name="Kind">Of other aid: its kind, grantor, amount in euro and date.</param>
    /// <param name="LinkedNumber">An organisation number that is the same undertaking.</param>
    /// <param name="Withdraws">A statement of one's own that was wrong; then nothing else is said.</param>
    public sealed record Request(
        StatementSort Sort, AidKind? Kind = null, string? Grantor = null, string? Euro = null, DateOnly? GrantedOn = null,
        string? LinkedNumber = null, Guid? Withdraws = null);

    public sealed record View(IReadOnlyList<StatementView> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/aid/statements", ShowOwn).WithName("ListAidStatements");
        api.MapPost("/aid/statements", Handle).WithName(nameof(StateOtherAid)).Creates();
    }

    internal static async Task<Answer<View>> ShowOwn(Viewer viewer, AgreementsDb db, CancellationToken cancel) =>
        new View(await StatementView.AllOf(viewer.Organisation, viewer, db, cancel));

    internal static async Task<Answer<View>> Handle(
        Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Signatory) is { } missing) return missing;
        if (await db.Organisations.FindAsync([viewer.Organisation], cancel) is not { } own)
            return AidRefusals.UnknownOrganisation;
        var isEuro = Money.TryParse(request.Euro, AidLedger.Euro, out var euro);
        var isNumber = OrganisationNumber.TryParse(request.LinkedNumber, out var linked) is null;
        var isAid = request is { Sort: StatementSort.Aid, Withdraws: null };
        var isLink = request is { Sort: StatementSort.Linked, Withdraws: null };
        var fields = new Fields().OptionalText("grantor", request.Grantor, AidStatement.GrantorMax)
            .Must("kind", !isAid || request.Kind is not null, "field.required")
            .Must("grantor", !isAid || !string.IsNullOrWhiteSpace(request.Grantor), "field.required")
            .Must("grantedOn", !isAid || request.GrantedOn is not null, "field.required")
            .Must("euro", !isAid || (isEuro && euro.Minor is > 0 and <= Domain.Contribution.OreMax), "field.malformed")
            .Must("linkedNumber", !isLink || (isNumber && linked.Digits != own.Number), "field.malformed");
        if (fields.Refusal is { } malformed) return malformed;
        if (request.Withdraws is { } wrong && await Withdrawable(wrong, viewer, db, cancel) is { } refusal) return refusal;
        var now = clock.GetUtcNow();
        var statement = new AidStatement
        {
            StatementId = Guid.CreateVersion7(now), Organisation = viewer.Organisation, Number = own.Number,
            Sort = request.Withdraws is null ? request.Sort : StatementSort.None, Kind = isAid ? request.Kind : null,
            Grantor = isAid ? request.Grantor!.Trim() : null, EuroCent = isAid ? euro.Minor : null,
            GrantedOn = isAid ? request.GrantedOn : null, LinkedNumber = isLink ? linked.Digits : null,
            Withdraws = request.Withdraws, StatedBy = viewer.Person, StatedAt = now,
        };
        db.Add(statement);
        await db.SaveChangesAsync(cancel);
        return Answers.Created("/agreements/v1/aid/statements",
            new View(await StatementView.AllOf(viewer.Organisation, viewer, db, cancel)), statement.StatementId);
    }

    private static async Task<Refusal?> Withdrawable(Guid id, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var own = await StatementView.AllOf(viewer.Organisation, viewer, db, cancel);
        if (own.SingleOrDefault(one => one.Id == id && one.Withdraws is null) is not { } known)
            return AidRefusals.UnknownStatement;
        return known.Withdrawn ? AidRefusals.WithdrawnAlready : null;
    }
}
