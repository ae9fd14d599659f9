using Steelyard.Formats.Json;
using Steelyard.Formats.Reading;
using Steelyard.Formats.Rows;
using Steelyard.Histories;

namespace Steelyard.Formats.Etcd;

/// <summary>The watches that etcd's robustness tests record: each a request, and all responses to
/// it.</summary>
/// <param name="stream">The file.</param>
/// <param name="name">The file, for messages.</param>
/// <param name="rows">Takes the watches, as operations.</param>
/// <param name="client">Who watched, for people.</param>
internal sealed class EtcdWatches(Stream stream, string name, IntervalRows rows, string client)
{
    readonly JsonObjectValues _objects = new(stream, name);
    int _number;

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">It is not JSON, or no watch.</exception>
    /// <exception cref="CutShortException">The bytes end in the middle.</exception>
    public void ReadAll()
    {
        _objects.ReadAll(watch => rows.Add(Fields(watch)));
    }

    OperationRowFields Fields(Value watch)
    {
        var request = watch["Request"];
        if (request.Kind != ValueKind.Map)
            throw new UserMistakeException($"expected a watch with a Request, found {request}");
        var responses = new List<Value>();
        var times = new List<long>();
        foreach (var response in ListOf(watch["Responses"]))
        {
            responses.Add(Response(response));
            if (response["Time"].IsInteger)
                times.Add(response["Time"].AsInteger);
        }

        return new()
        {
            Line = _objects.Line,
            Process = $"{client} {++_number}",
            Start = times.DefaultIfEmpty(0).Min(),
            End = times.DefaultIfEmpty(0).Max(),
            Function = "watch",
            Key = request["Key"],
            Input = Value.Map(
                ("revision", request["Revision"]),
                ("prefix", Value.Of(request["WithPrefix"] == Value.Of(true)))),
            Output = Value.List([.. responses]),
        };
    }

    static Value Response(Value response) => Value.Map(
        ("revision", response["Revision"]),
        ("progress", Value.Of(response["IsProgressNotify"] == Value.Of(true))),
        ("events", Value.List([.. ListOf(response["Events"]).Select(Event)])));

    static Value Event(Value told)
    {
        var isDelete = told["Type"] is { Kind: ValueKind.Text } type
            && type.AsText.StartsWith("delete", StringComparison.Ordinal);
        return Value.Map(
            ("type", isDelete ? "delete" : "put"), ("key", told["Key"]),
            ("value", EtcdPayload.ValueOf(told["Value"])), ("revision", told["Revision"]));
    }

    static List<Value> ListOf(Value list)
    {
        if (list.IsNil)
            return [];
        if (list.Kind != ValueKind.List)
            throw new UserMistakeException($"expected a list, found {list}");
        foreach (var element in list.AsList)
            if (element.Kind != ValueKind.Map)
                throw new UserMistakeException($"expected an object, found {element}");
        return [.. list.AsList];
    }
}
