using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Iop.Platform.Storage;

internal static class SnakeCase
{
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var place = 0; place < name.Length; place++)
        {
            var startsWord = place > 0 && name[place - 1] != '_' && char.IsUpper(name[place])
                && (!char.IsUpper(name[place - 1]) || (place + 1 < name.Length && char.IsLower(name[place + 1])));
            if (startsWord) text.Append('_');
            text.Append(char.ToLowerInvariant(name[place]));
        }
        return text.ToString();
    }
}

/// <summary>Between an id of ours (a record struct around a Guid) and the column's uuid.</summary>
internal sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(ToGuid, FromGuid)
    where TId : struct
{
    private static readonly ParameterExpression Id = Expression.Parameter(typeof(TId));
    private static readonly ParameterExpression Value = Expression.Parameter(typeof(Guid));

    private static Expression<Func<TId, Guid>> ToGuid => Expression.Lambda<Func<TId, Guid>>(Expression.Property(Id, "Value"), Id);

    private static Expression<Func<Guid, TId>> FromGuid =>
        Expression.Lambda<Func<Guid, TId>>(Expression.New(typeof(TId).GetConstructor([typeof(Guid)])!, Value), Value);
}
