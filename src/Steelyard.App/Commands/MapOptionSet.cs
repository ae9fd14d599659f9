using System.CommandLine;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.App.Commands;

/// <summary>The options that say what the columns of a file mean in which a line is a whole
/// operation.</summary>
internal sealed class MapOptionSet
{
    readonly Option<string?> _map = Text(
        "--map", "columns",
        "For CSV, TSV and JSON with a whole operation on each line: which column means what, such as"
        + " process=client,start=ts_start,end=ts_end,function=op,key=k,input=arg,output=res,outcome=status;"
        + " proposed when not given");
    readonly Option<string?> _outcome = Text(
        "--outcome", "words",
        "With --map: how operations ended, by words, numbers and ranges, such as"
        + " ok=200..299,fail=409,info=timeout,503; * is whatever is left");
    readonly Option<string?> _functions = Text(
        "--functions", "words",
            "With --map: functions by the words of the file, such as read=GET,write=PUT,POST");
    readonly Option<string?> _unit = Text(
        "--time-unit", "ns|us|ms|s",
            "With --map: the unit of times that are numbers; whole ones are ns otherwise");

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [_map, _outcome, _functions, _unit];

    /// <summary>What was said; null is nothing.</summary>
    /// <exception cref="UserMistakeException">A word is none, or stands without <c>--map</c>.</exception>
    public OperationMap? Map(ParseResult parsed)
    {
        if (parsed.GetValue(_map) is { } columns)
            return OperationMap.Parse(
                columns, parsed.GetValue(_outcome), parsed.GetValue(_functions), parsed.GetValue(_unit));
        foreach (var option in new[] { _outcome, _functions, _unit })
            if (parsed.GetValue(option) is not null)
                throw new UserMistakeException($"{option.Name}: expected with --map, found without");
        return null;
    }

    static Option<string?> Text(string name, string valueName, string description) =>
        new(name) { Description = description, HelpName = valueName };
}
