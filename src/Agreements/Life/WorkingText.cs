using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Life;

/// <summary>The rows of the text being written.</summary>
internal static class WorkingText
{
    /// <summary>Puts the rows back to a text: the version in force when a change is given up, or what a version that nobody signs
    /// has made of it. The agreement must be open for writing.</summary>
    /// <param name="db">Where.</param>
    /// <param name="agreement">Whose text.</param>
    /// <param name="hash">The version that holds the text.</param>
    /// <param name="text">What it says.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task Restore(AgreementsDb db, Agreement agreement, string hash, AgreementText text, DateTimeOffset now,
        CancellationToken cancel)
    {
        if (agreement.ChangeFrame(text.Frame) is { } refusal) throw new InvalidOperationException(refusal.Code);
        await Sections(db, agreement, text, now, cancel);
        await Contributions(db, agreement, text, cancel);
        await Parties(db, agreement, text, cancel);
        await db.SaveChangesAsync(cancel);
        await Parts(db, agreement, hash, cancel);
    }

    /// <summary>Goals, activities, bodies and attachments: the database reads them from the version itself.</summary>
    private static async Task Parts(AgreementsDb db, Agreement agreement, string hash, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"SELECT put_back_parts({agreement.Id.Value}, {hash})", cancel);
        foreach (var entry in db.ChangeTracker.Entries()
            .Where(entry => entry.Entity is Goal or Activity or Body or Attachment).ToList()) entry.State = EntityState.Detached;
    }

    /// <summary>A party is no longer in the text, nor what it put in.</summary>
    public static async Task Without(AgreementsDb db, Agreement agreement, PartyId party, CancellationToken cancel)
    {
        db.RemoveRange(await db.Contributions.Where(offer => offer.AgreementId == agreement.Id && offer.PartyId == party)
            .ToListAsync(cancel));
        var link = await db.AgreementParties
            .SingleAsync(link => link.AgreementId == agreement.Id && link.PartyId == party, cancel);
        link.InText = false;
        await db.SaveChangesAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT leave_parts({agreement.Id.Value}, {party.Value})", cancel);
    }

    private static async Task Sections(AgreementsDb db, Agreement agreement, AgreementText text, DateTimeOffset now,
        CancellationToken cancel)
    {
        var fixedOnes = text.Sections.ToDictionary(section => section.Key, StringComparer.Ordinal);
        foreach (var section in await db.Sections.Where(section => section.AgreementId == agreement.Id).ToListAsync(cancel))
        {
            var wanted = fixedOnes.GetValueOrDefault(section.Key);
            if (section.Text == wanted?.Text && section.NotNeededReason == wanted?.NotNeededReason) continue;
            section.PutBack(wanted?.Text, wanted?.NotNeededReason, now);
        }
    }

    private static async Task Contributions(AgreementsDb db, Agreement agreement, AgreementText text,
        CancellationToken cancel)
    {
        var wanted = text.Contributions.ToDictionary(offer => new ContributionId(offer.ContributionId));
        var rows = await db.Contributions.Where(offer => offer.AgreementId == agreement.Id).ToListAsync(cancel);
        foreach (var row in rows)
        {
            if (!wanted.Remove(row.Id, out var offer)) db.Remove(row);
            else if (!Same(row, offer)) row.Change(Offered(offer));
        }
        foreach (var (id, offer) in wanted)
        {
            Contribution.Offer(id, agreement.Id, agreement.PartnershipId, new PartyId(offer.PartyId), Offered(offer),
                out var row);
            db.Add(row);
        }
    }

    private static async Task Parties(AgreementsDb db, Agreement agreement, AgreementText text, CancellationToken cancel)
    {
        var wanted = text.Parties.Select(party => new PartyId(party.PartyId)).ToHashSet();
        foreach (var link in await db.AgreementParties.Where(link => link.AgreementId == agreement.Id).ToListAsync(cancel))
            link.InText = wanted.Contains(link.PartyId);
    }

    private static bool Same(Contribution row, AgreementText.ContributionText offer) =>
        (row.Kind, row.Description, row.OrePerYear, row.HoursPerYear, row.FundingSource)
        == (offer.Kind, offer.Description, offer.OrePerYear, offer.HoursPerYear, offer.FundingSource);

    private static Contribution.Offered Offered(AgreementText.ContributionText offer) => new(
        offer.Kind, offer.Description, offer.OrePerYear is { } ore ? Money.Ore(ore) : null, offer.HoursPerYear,
        offer.FundingSource);
}
