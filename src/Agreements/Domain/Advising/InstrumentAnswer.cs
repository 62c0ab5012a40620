using Iop.Agreements.Domain.Assessing;

namespace Iop.Agreements.Domain.Advising;

/// <summary>What a question was answered, about a matter, by a party; with reason and clause.</summary>
public sealed class InstrumentAnswer
{
    public const int ReasonMax = LegalAnswer.ReasonMax;
    public const int ClauseMax = LegalAnswer.ClauseMax;

    private InstrumentAnswer()
    {
    }

    public Guid AnswerId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>The catalogue's version.</summary>
    public string Catalogue { get; private init; } = "";

    public string QuestionId { get; private init; } = "";

    /// <summary>The catalogue's matter or the parties' own; empty where the question is asked once.</summary>
    public string Matter { get; private init; } = "";

    /// <summary>Whose answer it is, where every party gives its own.</summary>
    public PartyId? PartyId { get; private init; }

    public string Reply { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public string? Clause { get; private set; }

    public PersonRef AnsweredBy { get; private set; }

    public OrganisationRef AnsweredFor { get; private set; }

    public DateTimeOffset AnsweredAt { get; private set; }

    public long Version { get; private set; }

    public static InstrumentAnswer To(
        Guid id, PartnershipId partnership, Instrument instrument, Item item, string matter, PartyId? party) => new()
        {
            AnswerId = id,
            PartnershipId = partnership,
            Catalogue = instrument.Version,
            QuestionId = item.Id,
            Matter = matter,
            PartyId = party,
        };

    public void Give(string reply, string reason, string? clause, Answerer by, DateTimeOffset now)
    {
        (Reply, Reason, Clause) = (reply, reason, clause);
        (AnsweredBy, AnsweredFor, AnsweredAt) = (by.Person, by.Organisation, now);
        Version++;
    }
}

/// <summary>Something the parties themselves want the questions asked about: an intervention, an activity, a hard
/// question.</summary>
public sealed class Matter
{
    public const int TextMax = 500;
    public const int PerInstrumentMax = 50;

    public required Guid MatterId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    public required string Catalogue { get; init; }

    public required string Text { get; init; }

    public required PersonRef AddedBy { get; init; }

    public required OrganisationRef AddedFor { get; init; }

    public required DateTimeOffset AddedAt { get; init; }
}
