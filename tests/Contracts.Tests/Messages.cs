using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Iop.Contracts;
using MassTransit;

namespace Iop.Contracts.Tests;

/// <summary>The messages as they stand in Contracts, described by reflection.</summary>
internal static class Messages
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Primitives = new()
    {
        [typeof(Guid)] = "uuid", [typeof(string)] = "text", [typeof(bool)] = "yes/no", [typeof(int)] = "int32",
            [typeof(long)] = "int64",
        [typeof(DateOnly)] = "date", [typeof(DateTimeOffset)] = "instant",
    };

    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(Topology).Assembly.GetExportedTypes().Where(type => type.GetCustomAttribute<MessageUrnAttribute>() is not null)
            .OrderBy(Urn, StringComparer.Ordinal)];

    public static string Urn(Type message) => MessageUrn.ForTypeString(message)["urn:message:".Length..];

    public static string Exchange(Type message) =>
        message.GetCustomAttribute<EntityNameAttribute>()?.EntityName ?? "no exchange is pinned";

    /// <summary>Everything a listener can rely on, one property a line.</summary>
    public static string Describe()
    {
        var text = new StringBuilder();
        foreach (var message in All)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{Urn(message)}  →  {Exchange(message)}");
            foreach (var line in Describe(message, "  ")) text.AppendLine(line);
            text.AppendLine();
        }
        return text.ToString();
    }

    /// <summary>What a message may not hold: anything but primitives, or lists within lists.</summary>
    public static IEnumerable<string> NotFlat(Type message) =>
        from property in message.GetProperties()
        let item = ItemOf(property.PropertyType)
        let bad = item is null ? Named(property.PropertyType) is null : Named(item) is null
            && item.GetProperties().Any(inner => Named(inner.PropertyType) is null)
        where bad
        select $"{message.Name}.{property.Name}: {property.PropertyType.Name}";

    /// <summary>A message with every property filled, always the same.</summary>
    public static object Sample(Type message)
    {
        var sample = RuntimeHelpers.GetUninitializedObject(message);
        foreach (var property in message.GetProperties()) property.SetValue(sample, SampleOf(property));
        return sample;
    }

    private static object SampleOf(PropertyInfo property)
    {
        if (ItemOf(property.PropertyType) is not { } item) return SampleOf(property.PropertyType, property.Name);
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(Named(item) is null ? Sample(item) : SampleOf(item, property.Name));
        return list;
    }

    private static object SampleOf(Type type, string name) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var id when id == typeof(Guid) => new Guid(name.Length, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, (byte)name[0]]),
        var whole when whole == typeof(int) => 2,
        var large when large == typeof(long) => 5_400_000_00L,
        var yes when yes == typeof(bool) => true,
        var day when day == typeof(DateOnly) => new DateOnly(2026, 3, 2),
        var instant when instant == typeof(DateTimeOffset) => new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        _ => $"{name}: så här, “med åäö” — 1 200 kr",
    };

    private static IEnumerable<string> Describe(Type type, string indent)
    {
        foreach (var property in type.GetProperties())
        {
            var must = property.GetCustomAttribute<RequiredMemberAttribute>() is not null ? "required" : "optional";
            var mayBeNull = Nullability.Create(property).ReadState == NullabilityState.Nullable ? " or null" : "";
            var item = ItemOf(property.PropertyType);
            var what = item is null
                ? Named(property.PropertyType) ?? property.PropertyType.Name : $"list of {Named(item) ?? ""}".TrimEnd();
            yield return $"{indent}{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}: {what}{mayBeNull}, {must}";
            if (item is null || Named(item) is not null) continue;
            foreach (var line in Describe(item, indent + "  ")) yield return line;
        }
    }

    private static string? Named(Type type) => Primitives.GetValueOrDefault(Nullable.GetUnderlyingType(type) ?? type);

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
}
