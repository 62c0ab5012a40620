using System.Collections;
using Iop.Kernel;

namespace Iop.Notifications.Tests;

/// <summary>A message of a story: what has the same name in another message of the story has the same value.</summary>
public sealed record Said(Type Message, IReadOnlyList<(string Name, object Value)> But)
{
    /// <summary>The message, said of one organisation and its person, as the story's so-manieth.</summary>
    public object In(Tale tale, long sequence) => Filled(Message, tale, sequence, But);

    /// <summary>Says it, and waits until it has had its effect.</summary>
    public Task TellIn(NotificationsWorld world, Tale tale, long sequence) => (Task)typeof(NotificationsWorld)
        .GetMethod(nameof(NotificationsWorld.Tell))!.MakeGenericMethod(Message).Invoke(world, [In(tale, sequence)])!;

    private static object Filled(Type type, Tale tale, long sequence, IReadOnlyList<(string Name, object Value)> but)
    {
        var filled = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(one => one.CanWrite))
        {
            var own = but.FirstOrDefault(one => one.Name == property.Name).Value;
            property.SetValue(filled, own ?? Value(property.PropertyType, property.Name, tale, sequence));
        }
        return filled;
    }

    private static object? Value(Type type, string name, Tale tale, long sequence)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (name is "Sequence" or "PaperSequence") return sequence;
        if (name.EndsWith("UnitId", StringComparison.Ordinal)) return tale.Unit;
        if (name is "PersonId" or "InviterPersonId") return tale.Person;
        if (type == typeof(Guid)) return tale.IdOf(name);
        if (type == typeof(string)) return name switch { "Currency" => "SEK", "Role" => Roles.Legal, _ => tale.Word };
        if (type == typeof(bool)) return true;
        if (type == typeof(DateOnly)) return new DateOnly(2026, 6, 30);
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.UnixEpoch;
        if (type == typeof(int) || type == typeof(long) || type == typeof(decimal)) return Convert.ChangeType(0, type, null);
        var item = type.GetGenericArguments().Single();
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(item == typeof(Guid) ? tale.Organisation
            : item == typeof(string) ? tale.Word : Filled(item, tale, sequence, []));
        return list;
    }
}

/// <summary>Whom a story is of: one organisation, all of whose roles in it are its own.</summary>
public sealed class Tale
{
    private readonly Dictionary<string, Guid> _ids = new(StringComparer.Ordinal);

    public Guid Organisation { get; init; } = Guid.NewGuid();

    /// <summary>By which it takes part, if it is not the whole organisation.</summary>
    public Guid? Unit { get; init; }

    /// <summary>What every text says.</summary>
    public string Word { get; set; } = "ord";

    public Guid Person { get; } = Guid.NewGuid();

    public Guid IdOf(string name)
    {
        if (name.EndsWith("OrganisationId", StringComparison.Ordinal)) return Organisation;
        return _ids.TryGetValue(name, out var known) ? known : _ids[name] = Guid.NewGuid();
    }
}
