namespace Iop.Notifications.Domain;

/// <summary>What one fact means for the inboxes: who is in the circle, what is thereby done, and what is to be told.</summary>
public sealed record Tidings
{
    /// <summary>The partnership or contract it concerns, with what the fact says of it.</summary>
    public Circle? Circle { get; init; }

    public IReadOnlyList<Finish> Finishes { get; init; } = [];

    /// <summary>Who has done her own part of what a line asks of several.</summary>
    public IReadOnlyList<OwnPart> OwnParts { get; init; } = [];

    public IReadOnlyList<Line> Lines { get; init; } = [];

    /// <summary>Somebody has become one of the circle, or has left it: those who were in it before hear of a newcomer, and who
    /// has left hears no more, in whatever order the facts come.</summary>
    public Standing? Standing { get; init; }

    /// <summary>Days to keep, for calendars.</summary>
    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];

    /// <summary>Of a kind there are no more than these.</summary>
    public OnlyThese? Only { get; init; }
}

/// <summary>A day to keep (frist).</summary>
/// <param name="Kind">Which text: <c>deadline.&lt;kind&gt;</c>.</param>
/// <param name="Subject">The agreement or contract.</param>
/// <param name="Key">Which of its kind; empty when there is but one.</param>
/// <param name="On">The day; none when it is cancelled.</param>
/// <param name="Title">What the agreement or contract is called.</param>
/// <param name="Path">Its page.</param>
public sealed record Deadline(string Kind, Guid Subject, string Key, DateOnly? On, string Title, string Path)
{
    /// <summary>When it begins on its day; none for a whole day.</summary>
    public DateTimeOffset? StartsAt { get; init; }
}

/// <summary>From a day on, other deadlines of the kind are cancelled.</summary>
public sealed record OnlyThese(string Kind, Guid Subject, DateOnly From);

/// <summary>A party has joined the circle, or has left it.</summary>
/// <param name="Party">The party's id.</param>
/// <param name="Organisation">The legal person.</param>
/// <param name="Unit">The acting unit, if it is one.</param>
public sealed record Standing(Guid Party, Guid Organisation, Guid? Unit)
{
    /// <summary>The first day without it.</summary>
    public DateOnly? LeftOn { get; init; }
}

/// <summary>Those who work together: the parties of a partnership, or of an outcome contract.</summary>
/// <param name="Id">The partnership's or contract's id.</param>
/// <param name="Title">Its name, where the fact says it.</param>
/// <param name="Members">Those the fact names; they are remembered.</param>
public sealed record Circle(Guid Id, string? Title = null, IReadOnlyList<Member>? Members = null);

/// <summary>One of a circle.</summary>
public sealed record Member(Guid Organisation, Guid? Unit = null, string Role = "party");

/// <summary>A line to write.</summary>
/// <param name="Kind">Which text: <c>line.&lt;kind&gt;</c>.</param>
/// <param name="To">In whose inboxes.</param>
/// <param name="Matter">What it is about, such as <c>agreement:&lt;id&gt;</c>; kind and matter together are finished or
/// replaced.</param>
/// <param name="Subject">The thing to open.</param>
/// <param name="Path">Its page.</param>
public sealed record Line(string Kind, To To, string Matter, Subject Subject, string Path)
{
    /// <summary>Someone must act; the line stays until it is done. Otherwise it is news, and can be put away.</summary>
    public bool MustAct { get; init; }

    /// <summary>Who of the organisation sees it: any of these roles; none means all.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Words put into the text. By name: <c>amount</c> is money, <c>…On</c> a date, <c>organisation</c> an id whose name
    /// is looked up.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>A thing of another service.</summary>
public sealed record Subject(string Kind, Guid Id);

/// <summary>In whose inboxes a line goes.</summary>
/// <param name="Members">These; none means everybody in the circle.</param>
/// <param name="Except">But not these organisations: they know, because they did it.</param>
public sealed record To(IReadOnlyList<Recipient>? Members = null, Guid? Except = null)
{
    public static To Everybody { get; } = new();

    public static To EverybodyBut(Guid organisation) => new(null, organisation);

    public static To Only(Guid organisation, Guid? unit = null) => new([new Recipient(organisation, unit, organisation)]);

    public static To Each(IEnumerable<Recipient> recipients) => new([.. recipients.Distinct()]);
}

/// <summary>An organisation or unit that gets a line.</summary>
/// <param name="Organisation">The legal person.</param>
/// <param name="Unit">The acting unit, if it is one.</param>
/// <param name="Whose">By what the act is told from others' when it is done: the party, or the organisation.</param>
public sealed record Recipient(Guid Organisation, Guid? Unit, Guid Whose)
{
    /// <summary>Only this one of its people.</summary>
    public Guid? Person { get; init; }
}

/// <summary>An act that is done, so that the lines asking for it go away.</summary>
/// <param name="Kind">The lines' kind.</param>
/// <param name="Matter">What they are about.</param>
/// <param name="Whose">Whose act, or everybody's.</param>
public sealed record Finish(string Kind, string Matter, Guid? Whose = null)
{
    /// <summary>Also for a line that comes late: asked for no later in the thing's life than it was done.</summary>
    public bool Remembered { get; init; } = true;
}

/// <summary>One person's part of an act that others of the organisation have yet to do: her line goes, theirs stay.</summary>
public sealed record OwnPart(string Kind, string Matter, Guid Whose, Guid Person);
