using System.Globalization;
using System.Text;
using Steelyard.Formats.Rows;
using Steelyard.Histories;

namespace Steelyard.Formats.Etcd;

/// <summary>
/// Requests and responses as etcd's robustness tests record them, in words of ours: get, range, put, delete,
/// txn, lease-grant, lease-revoke, compact and defragment. Every answer says at which revision it was given.
/// </summary>
internal static class EtcdPayload
{
    // Longer values are recorded by their hash alone.
    const int LongestValue = 19;

    static readonly string[] Types = ["range", "txn", "leaseGrant", "leaseRevoke", "defragment", "compact"];

    /// <summary>Whether an input is such a request.</summary>
    public static bool IsRequest(Value input) =>
        input.Kind == ValueKind.Map && input["Type"] is { Kind: ValueKind.Text } type
        && Types.Contains(type.AsText, StringComparer.Ordinal)
        && (input["Txn"].Kind == ValueKind.Map || input["Range"].Kind == ValueKind.Map
            || type.AsText is not ("txn" or "range"));

    /// <summary>Reads both into the fields.</summary>
    /// <exception cref="UserMistakeException">They are of another form.</exception>
    public static void Read(Value request, Value response, ref OperationRowFields fields)
    {
        ReadRequest(request, ref fields);
        if (response.Kind != ValueKind.Map)
            throw new UserMistakeException($"expected a response of etcd as Output, found {response}");
        if (response["Error"] is { Kind: ValueKind.Text, AsText.Length: > 0 } error)
        {
            // Nobody knows whether it happened, whenever somebody gave up.
            fields.End = null;
            fields.Error = error.AsText;
            return;
        }

        if (response["ClientError"] is { Kind: ValueKind.Text, AsText.Length: > 0 } refusal)
        {
            fields.Outcome = "fail";
            fields.Error = refusal.AsText;
            return;
        }

        fields.Output = Answer(request, response, fields.Function!);
    }

    static void ReadRequest(Value request, ref OperationRowFields fields)
    {
        switch (request["Type"].AsText)
        {
            case "range":
                ReadRange(request["Range"], ref fields);
                break;
            case "txn":
                ReadTransaction(request["Txn"], ref fields);
                break;
            case "leaseGrant":
                (fields.Function, fields.Input) = ("lease-grant", Under(request["LeaseGrant"], "LeaseID"));
                break;
            case "leaseRevoke":
                (fields.Function, fields.Input) = ("lease-revoke", Under(request["LeaseRevoke"], "LeaseID"));
                break;
            case "compact":
                (fields.Function, fields.Input) = ("compact", Under(request["Compact"], "Revision"));
                break;
            default:
                fields.Function = "defragment";
                break;
        }
    }

    // A read of an older revision says nothing of what stands there now.
    static void ReadRange(Value range, ref OperationRowFields fields)
    {
        var isOld = Under(range, "Revision") is { IsInteger: true, AsInteger: > 0 };
        var step = RangeStep(range).AsList;
        fields.Function = step[0].AsText + (isOld ? "-of-revision" : "");
        fields.Key = step.Length == 2 ? step[1] : Value.Nil;
        fields.Input = isOld ? Under(range, "Revision")
            : step.Length == 2 ? Value.Nil
            : Value.List(step[1..]);
    }

    static void ReadTransaction(Value txn, ref OperationRowFields fields)
    {
        var conditions = Conditions(txn["Conditions"]);
        var (then, otherwise) = (Steps(txn["OperationsOnSuccess"]), Steps(txn["OperationsOnFailure"]));
        if (conditions.AsList.IsEmpty && otherwise.AsList.IsEmpty && then.AsList.Length == 1
            && then.AsList[0].AsList[0].AsText is "put" or "delete")
        {
            var step = then.AsList[0].AsList;
            (fields.Function, fields.Key) = (step[0].AsText, step[1]);
            fields.Input = step.Length switch
            {
                2 => Value.Nil,
                3 => step[2],
                _ => Value.Map(("value", step[2]), ("lease", step[3])),
            };
            return;
        }

        fields.Function = Functions.Txn;
        fields.Input = Value.Map(("if", conditions), ("then", then), ("else", otherwise));
    }

    static Value Conditions(Value conditions) => Each(conditions, condition => Value.Map(
        ("key", Under(condition, "Key")),
        Under(condition, "ExpectedVersion") is { IsInteger: true, AsInteger: > 0 } version
            ? ("version", version)
            : ("mod", Under(condition, "ExpectedRevision"))));

    static Value Steps(Value operations) => Each(operations, Step);

    // Early recordings had the fields of all kinds in one object.
    static Value Step(Value operation)
    {
        var type = Under(operation, "Type") is { Kind: ValueKind.Text } text ? text.AsText : "";
        if (type.StartsWith("put", StringComparison.Ordinal))
            return Put(operation["Put"].Kind == ValueKind.Map ? operation["Put"] : operation);
        if (type.StartsWith("delete", StringComparison.Ordinal))
            return Value.List(
                "delete",
                Under(operation["Delete"].Kind == ValueKind.Map ? operation["Delete"] : operation, "Key"));
        return type.StartsWith("range", StringComparison.Ordinal)
            ? RangeStep(operation["Range"].Kind == ValueKind.Map ? operation["Range"] : operation)
            : throw new UserMistakeException($"expected a range, put or delete operation, found {operation}");
    }

    static Value Put(Value put)
    {
        var lease = Under(put, "LeaseID");
        return lease is { IsInteger: true, AsInteger: not 0 }
            ? Value.List("put", Under(put, "Key"), ValueOf(put["Value"]), lease)
            : Value.List("put", Under(put, "Key"), ValueOf(put["Value"]));
    }

    static Value RangeStep(Value range)
    {
        var start = Under(range, "Start").IsNil ? Under(range, "Key") : Under(range, "Start");
        var end = Under(range, "End");
        return end is { Kind: ValueKind.Text, AsText.Length: > 0 }
            ? Value.List("range", start, end, Under(range, "Limit").IsNil ? 0 : Under(range, "Limit"))
            : Value.List("get", start);
    }

    static Value Answer(Value request, Value response, string function)
    {
        var told = new List<(Value, Value)>();
        // Where nobody saw the answer, what was found in the log may tell the revision.
        var revision = response["Persisted"] == Value.Of(true)
            ? response["PersistedRevision"]
            : response["Revision"];
        if (revision is { IsInteger: true, AsInteger: > 0 })
            told.Add(("revision", revision));
        if (function is "get" or "range" && response["Range"].Kind == ValueKind.Map)
            AddRange(told, response["Range"], isOne: function == "get");
        if (request["Type"] == "txn" && response["Txn"].Kind == ValueKind.Map)
            AddTransaction(told, response["Txn"], function);
        return Value.Map([.. told]);
    }

    static void AddRange(List<(Value, Value)> told, Value range, bool isOne)
    {
        var pairs = Pairs(range);
        if (!isOne)
        {
            told.Add(("kvs", pairs));
            told.Add(("count", Under(range, "Count")));
            return;
        }

        // Nil is told too: the key was not there.
        var found = pairs.AsList.IsEmpty ? Value.Map() : pairs.AsList[0];
        told.Add(("value", found["value"]));
        told.Add(("mod", found["mod"].IsNil ? 0 : found["mod"]));
        if (!found["version"].IsNil)
            told.Add(("version", found["version"]));
    }

    static void AddTransaction(List<(Value, Value)> told, Value txn, string function)
    {
        var results = Each(txn["Results"], Result);
        if (function == "delete" && !results.AsList.IsEmpty)
            told.Add(("deleted", results.AsList[0]["deleted"]));
        told.Add(("succeeded", Value.Of(txn["Failure"] != Value.Of(true))));
        if (function == Functions.Txn)
            told.Add(("results", results));
    }

    static Value Result(Value result) => Value.Map(
        ("kvs", Pairs(result)), ("count", Under(result, "Count").IsNil ? 0 : Under(result, "Count")),
        ("deleted", Under(result, "Deleted").IsNil ? 0 : Under(result, "Deleted")));

    static Value Pairs(Value range) => Each(range["KVs"], pair =>
    {
        var told = new List<(Value, Value)>
        {
            ("key", Under(pair, "Key")), ("value", ValueOf(pair["Value"])),
            ("mod", Under(pair, "ModRevision")),
        };
        if (Under(pair, "Version") is { IsInteger: true, AsInteger: > 0 } version)
            told.Add(("version", version));
        return Value.Map([.. told]);
    });

    /// <summary>A value, or its hash where it is long: both are recorded.</summary>
    internal static Value ValueOf(Value value)
    {
        if (value.Kind == ValueKind.Text)
            return Hashed(value.AsText);
        if (value.Kind != ValueKind.Map)
            return value;
        return value["Hash"] is { IsInteger: true, AsInteger: not 0 } hash
            ? Shown(hash.AsInteger)
            : Hashed(value["Value"].Kind == ValueKind.Text ? value["Value"].AsText : "");
    }

    static Value Hashed(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= LongestValue)
            return text;
        // FNV-1a, as New32a of hash/fnv in Go.
        var hash = 2166136261u;
        foreach (var one in bytes)
            hash = (hash ^ one) * 16777619u;
        return Shown(hash);
    }

    static Value Shown(long hash) => "hash " + hash.ToString(CultureInfo.InvariantCulture);

    static Value Each(Value list, Func<Value, Value> read)
    {
        if (list.IsNil)
            return Value.EmptyList;
        if (list.Kind != ValueKind.List)
            throw new UserMistakeException($"expected a list, found {list}");
        var elements = new List<Value>();
        foreach (var element in list.AsList)
            elements.Add(element.Kind == ValueKind.Map
                ? read(element)
                : throw new UserMistakeException($"expected an object, found {element}"));
        return Value.List([.. elements]);
    }

    static Value Under(Value map, string key) => map.Kind == ValueKind.Map
        ? map[key]
        : throw new UserMistakeException($"expected an object with {key}, found {map}");
}
