using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Telling;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Recipients;

/// <summary>Who hears what of colleagues' accounts: that somebody waits to be helped in, and who may say yes to it.</summary>
internal static class AccountRules
{
    public const string Confirm = "confirm-reset";

    public static void AddTo(Rules rules) => rules
        .When<SecondFactorResetAsked>(fact => fact.Sequence, fact => new Tidings
        {
            // Whoever asked cannot confirm, nor can the person herself: not even where an administrator stands in.
            OwnParts =
            [
                .. fact.MayConfirm.SelectMany(one => new[] { fact.AskedByPersonId, fact.AboutPersonId }
                    .Select(known => new OwnPart(Confirm, Of(fact.ResetId), one.PersonId, known))),
            ],
            Lines =
            [
                new Line(Confirm, To.Each(fact.MayConfirm.Select(one =>
                        new Recipient(one.OrganisationId, null, one.PersonId) { Person = one.PersonId })),
                    Of(fact.ResetId), new Subject("second-factor-reset", fact.ResetId), "/konto/andra-faktorn")
                {
                    MustAct = true,
                    Roles = [Roles.Admin, Roles.Operator],
                    Arguments = Words(("name", fact.Name), ("lastOn", Day(fact.LastOn))),
                },
            ],
        })
        .When<SecondFactorResetSettled>(fact => fact.Sequence, fact => new Tidings
        {
            Finishes = [new Finish(Confirm, Of(fact.ResetId))],
        });

    private static string Of(Guid reset) => $"second-factor-reset:{reset}";
}
