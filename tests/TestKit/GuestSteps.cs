using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Identity;

namespace Iop.TestKit;

/// <summary>How every service's tests of guests begin: who somebody from outside is, how she becomes a guest, what the other
/// services are told of it, and what the catalogue says of the tables that guests may reach.</summary>
public static class GuestSteps
{
    /// <summary>The last day of an invitation, counted from today.</summary>
    public const int Days = 5;

    /// <summary>Whatever an own organisation may give: being a guest counts for more.</summary>
    public static IReadOnlyList<string> EveryRole { get; } = [.. Roles.All.Except([Roles.Operator])];

    /// <summary>Somebody of an organisation that is no party to anything.</summary>
    public static Caller FromOutside() => Callers.Of(Guid.NewGuid(), [.. EveryRole]);

    /// <summary>A party invites somebody to a partnership, from today on.</summary>
    public static async Task<Reply> InvitesGuest<TProgram>(
        this CallerClient officer, ServiceHost<TProgram> world, Guid partnership, DateOnly? from = null, DateOnly? to = null,
        bool followUp = false, bool payments = false) where TProgram : class =>
        (await officer.Create($"/agreements/v1/partnerships/{partnership}/guests",
            Invitation(world.Clock.Today(), from, to, followUp, payments))).Is(HttpStatusCode.Created);

    public static object Invitation(
        DateOnly today, DateOnly? from = null, DateOnly? to = null, bool followUp = false, bool payments = false) => new
    {
        name = "Karin Ek, SKR", purpose = "adviser", reason = "Råd om statsstöd.", fromOn = from ?? today,
        toOn = to ?? today.AddDays(Days), followUp, payments,
    };

    public static Task<Reply> AcceptsInvitation(this CallerClient guest, Reply invited) => guest.Act(
        $"/agreements/v1/guest-invitations/{invited.Body.GetProperty("invitation").GetString()}/acceptance", null);

    /// <summary>What Agreements tells when she has said yes: she may read all there is to be invited to.</summary>
    public static GuestChanged ToldOfGuest<TProgram>(
        this ServiceHost<TProgram> world, Guid id, Caller guest, Guid partnership, Guid inviter) where TProgram : class => new()
    {
        GuestId = id, Sequence = 2, PartnershipId = partnership, InviterOrganisationId = inviter,
        OrganisationId = guest.Organisation, PersonId = guest.Person, FromOn = world.Clock.Today(),
        ToOn = world.Clock.Today().AddDays(Days), FollowUp = true, Payments = true,
    };

    /// <summary>Isolated tables that guests might write to, all of them; none is right.</summary>
    public static Task<string> NotShutToGuests<TProgram>(this ServiceHost<TProgram> world) where TProgram : class =>
        world.Scalar<string>("""
            SELECT coalesce(string_agg(held.tablename::text, ', '), '') FROM pg_policies held WHERE held.policyname = 'those_let_in' AND
              (SELECT count(*) FROM pg_policies shut WHERE shut.tablename = held.tablename AND shut.permissive = 'RESTRICTIVE'
                 AND shut.policyname IN ('guests_add_nothing', 'guests_change_nothing', 'guests_remove_nothing')) <> 3
            """);

    /// <summary>Isolated tables that guests read every row of, as far as they are let in.</summary>
    public static async Task<IReadOnlyList<string>> ReadWholeByGuests<TProgram>(this ServiceHost<TProgram> world)
        where TProgram : class => (await world.Scalar<string>("""
            SELECT string_agg(held.tablename::text, ',' ORDER BY held.tablename::text COLLATE "C") FROM pg_policies held
            WHERE held.policyname = 'those_let_in' AND NOT EXISTS (SELECT FROM pg_policies kept WHERE kept.tablename = held.tablename
              AND kept.policyname = 'kept_from_guests' AND kept.permissive = 'RESTRICTIVE' AND kept.cmd = 'SELECT')
            """)).Split(',');
}
