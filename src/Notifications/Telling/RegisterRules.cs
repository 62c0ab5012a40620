using Iop.Contracts.Registry;
using Iop.Kernel;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what of the public register: once a year, that an entry waits to be confirmed.</summary>
internal static class RegisterRules
{
    private const string Confirm = "confirm-entry";

    public static void AddTo(Rules rules) => rules
        .When<EntryConfirmationDue>(fact => fact.Sequence, fact => new Tidings
        {
            Lines =
            [
                new Line(Confirm, To.Each(fact.Organisations.Select(one => new Recipient(one, null, one))), Of(fact.EntryId),
                    new Subject("entry", fact.EntryId), $"/register/{fact.EntryId}")
                {
                    MustAct = true,
                    Roles = [Roles.Officer],
                    Arguments = Words(("title", fact.Title), ("confirmedOn", Day(fact.LastConfirmedOn))),
                },
            ],
        })
        .When<EntryConfirmationSettled>(fact => fact.Sequence, fact => new Tidings
        {
            Finishes = [new Finish(Confirm, Of(fact.EntryId))],
        });

    private static string Of(Guid entry) => $"entry:{entry}";
}
