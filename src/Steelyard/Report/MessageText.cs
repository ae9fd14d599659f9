using System.Collections;
using System.Reflection;
using System.Text;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Report;

/// <summary>A message in words: its name and what it carries, lists shortened.</summary>
internal static class MessageText
{
    const int MostElements = 4;
    const int MostLetters = 240;
    const int MostDepth = 4;

    /// <summary>As <c>AppendEntries {Term = 3, Entries = [put x 7, … 5 more]}</c>.</summary>
    public static string Of(Message message)
    {
        var text = new StringBuilder();
        Write(text, message, 0);
        return ReportParts.Shortened(text.ToString(), MostLetters);
    }

    static void Write(StringBuilder text, object? thing, int depth)
    {
        // Letters past the limit are cut anyway, so nothing deep or long is walked to its end.
        if (depth > MostDepth || text.Length > MostLetters)
            text.Append('…');
        else if (thing is null)
            text.Append("none");
        else if (thing is string or IFormattable or bool
            || thing.GetType().Namespace?.StartsWith("System", Same) != true
            && OwnToString(thing))
            text.Append(thing);
        else if (thing is IEnumerable elements)
            WriteElements(text, elements, depth);
        else
            WriteProperties(text, thing, depth);
    }

    const StringComparison Same = StringComparison.Ordinal;

    // A record whose author wrote ToString has said how it wants to be read.
    static bool OwnToString(object thing) =>
        thing.GetType().GetMethod(nameof(ToString), Type.EmptyTypes) is { } method
        && method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType)
        && method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null;

    static void WriteElements(StringBuilder text, IEnumerable elements, int depth)
    {
        text.Append('[');
        var count = 0;
        foreach (var element in elements)
        {
            if (count++ >= MostElements)
                continue;
            if (count > 1)
                text.Append(", ");
            Write(text, element, depth + 1);
        }

        if (count > MostElements)
            text.Append(", … ").Append(count - MostElements).Append(" more");
        text.Append(']');
    }

    static void WriteProperties(StringBuilder text, object thing, int depth)
    {
        text.Append(thing.GetType().Name.Split('`')[0]);
        var separator = " {";
        foreach (var property in thing.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!IsShown(property))
                continue;
            text.Append(separator).Append(property.Name).Append(" = ");
            Write(text, property.GetValue(thing), depth + 1);
            separator = ", ";
        }

        if (separator == ", ")
            text.Append('}');
    }

    // The size is the network's business; an indexer needs an index; a span cannot leave its owner.
    static bool IsShown(PropertyInfo property) =>
        property.Name != nameof(Message.SizeBytes) && property.GetIndexParameters().Length == 0
        && !property.PropertyType.IsByRefLike;
}
