using System.Globalization;
using System.Text;

namespace Steelyard.Histories;

/// <summary>Values and operations in so many letters: of what is longer the beginning is told, and how much
/// more there is, as <c>[1, 2, 3 and 14 more]</c>.</summary>
public static class ToldValue
{
    /// <summary>A value in about so many letters.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mostLetters">How many, above 0; a list of which nothing fits tells its first
    /// element.</param>
    public static string Of(Value value, int mostLetters)
    {
        if (value.Kind == ValueKind.List)
            return Some(
                "[", value.AsList.Length, place => Of(value.AsList[place], mostLetters), "]", mostLetters);
        if (value.Kind == ValueKind.Map)
            return Some(
                "{", value.AsMap.Length, place => Pair(value.AsMap[place], mostLetters), "}", mostLetters);
        var text = value.ToString();
        return text.Length <= mostLetters ? text
            : $"{text[..mostLetters]} and {Count(text.Length - mostLetters)} more letters";
    }

    /// <summary>An operation as people write it, its values in about so many letters.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="mostLetters">How many, above 0.</param>
    public static string Of(Operation operation, int mostLetters)
    {
        var whole = operation.ToString();
        if (whole.Length <= mostLetters)
            return whole;
        var each = mostLetters / (operation.Input.IsNil || operation.Output.IsNil ? 1 : 2);
        var key = operation.Key.IsNil ? "" : $" {Of(operation.Key, mostLetters)}";
        var input = operation.Input.IsNil ? "" : $" {Of(operation.Input, each)}";
        var output = operation.Output.IsNil ? "" : $" {Of(operation.Output, each)}";
        var why = operation.Error is null ? "" : $" ({operation.Error})";
        var outcome = operation.Outcome.ToString().ToLowerInvariant();
        return $"process {operation.ProcessName}: {operation.Function}{key}{input} → {outcome}{output}{why}";
    }

    static string Some(string open, int count, Func<int, string> element, string close, int mostLetters)
    {
        var text = new StringBuilder(open);
        for (var i = 0; i < count; i++)
        {
            var one = element(i);
            if (i > 0 && text.Length + one.Length + 2 > mostLetters)
                return $"{text} and {Count(count - i)} more{close}";
            text.Append(i == 0 ? "" : ", ").Append(one);
        }

        return text.Append(close).ToString();
    }

    static string Pair(KeyValuePair<Value, Value> pair, int mostLetters) =>
        $"{Of(pair.Key, mostLetters)}: {Of(pair.Value, mostLetters)}";

    static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
