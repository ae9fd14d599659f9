using Steelyard.Histories;

namespace Steelyard.Formats.Reading;

/// <summary>Numbers the processes of a recording that have names. Whoever has a number keeps it, unless a
/// name before took it.</summary>
internal sealed class ProcessNumbers
{
    readonly Dictionary<Value, int> _numbers = [];
    int _highest = -1;
    int _next;

    /// <summary>The number of a process, the same each time.</summary>
    /// <param name="process">The process.</param>
    /// <param name="builder">Told the name of a number.</param>
    /// <exception cref="UserMistakeException">It is neither a number nor a name.</exception>
    public int Of(Value process, HistoryBuilder builder)
    {
        if (process.IsInteger && process.AsInteger is < 0 or > int.MaxValue)
            throw new UserMistakeException(
                $"expected a process between 0 and {int.MaxValue}, found {process}");
        if (!process.IsInteger && process.Kind != ValueKind.Text)
            throw new UserMistakeException($"expected a number or a name as process, found {process}");
        if (process.IsInteger && (_numbers.Count == 0 || process.AsInteger <= _highest))
            return Seen((int)process.AsInteger);
        if (!_numbers.TryGetValue(process, out var number))
        {
            _numbers.Add(process, number = Free());
            builder.Name(number, process.Kind == ValueKind.Text ? process.AsText : process.ToString());
        }

        return number;
    }

    int Seen(int number)
    {
        _highest = Math.Max(_highest, number);
        return number;
    }

    int Free()
    {
        _next = Math.Max(_next, _highest + 1);
        return _next++;
    }
}
