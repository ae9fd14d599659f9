using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

/// <summary>Whatever the bytes, a reader gives a history or one clear line; it never crashes and never
/// hangs.</summary>
public class MutatedFilesTests
{
    const int Quick = 2_000;
    const int Thorough = 100_000;

    // What the readers' fixed buffers and small tables take, and then some for each byte.
    const long FixedBytes = 4 << 20;
    const long BytesPerByte = 4_000;

    static readonly string[] Samples =
    [
        "0\t:invoke\t:cas\t[0 2]\n:nemesis\t:info\t:start\tnil\n"
            + "0\t:info\t:cas\t[0 2]\t:timed-out\n Hint: no\n",
        "2019-01-01 12:00:00,123{GMT}\tINFO\t[w 0] jepsen.util: 0\t:invoke\t:read\tnil\nat x\n",
        """
        INFO  jepsen.util - 0	:invoke	:read	nil
        INFO  jepsen.util - 0	:ok	:read	nil
        INFO  jepsen.util - 1	:invoke	:cas	[0 2]
        INFO  jepsen.util - 1	:info	:cas	:timed-out
        """,
        """
        [{:process 0, :type :invoke, :f :write, :value [[:append 3 #{1 2}] "a\"\u0041" \newline 1.5e3 3/4]}
         ; a comment
         #jepsen.history.Op{:process 0, :type :ok, :f :write, :value {:a ##NaN, "b" #inst "x"} #_ gone,
             :time 12}
         {:process :nemesis, :type :info, :f :start, :value {"n1" :killed}}]
        """,
        """
        {"process":0,"type":"invoke","f":"read","key":"x","value":{"$map":[[1,{"$real":"NaN"}]]},"time":1}
        {"process":"nemesis","type":"info","f":"cut","phase":"start","cuts":[[["n"],["m"]]]}
        {"process":0,"type":"ok","key":"x","value":{"0":1.5,"b":{"$utf16":[55296]}},"error":"\u00e5"}
        """,
        """
        [{"process":0,"type":"invoke","f":"txn","value":[["append",1,2]]},
        {"process":0,"type":"ok","value":[]}]
        """,
        """
        {:process 0, :type :invoke, :f :get, :key "3", :value nil}
        {:process 0, :type :ok, :f :get, :key "3"}
        """,
        """
        <html><body><div class="ops"><div class="op ok" style="left:0;top:0;height:32" title="5 ms
        nil">0 :cas [3 2]</div><div class="op info" style="left:9;top:16;height:64" title="6 ms
        &quot;lost&quot;">1 :write 1</div></div></body></html>
        """,
        "0 invoke write key=x {a: [1, 2]}\n0 ok write # fine\n",
        "# @object atomic-stack\n[1] call push(a)\n[2] call pop\n[1] return\n[2] return a\n",
        "# stack\n0 1 5 PUSH 1\n1 2 6 PUSH 2\n2 3 7 POP 2\n3 4 8 PEEK -1\n",
        "w 0 1\nw 1 0\n-----\nr 0 1\n=====\nr 1 0\n  r\t0 1\n",
        "w(0,1,0,0)\nw(1,0,0,0)\nr(0,1,1,1)\nr(1,0,0,2)\n r(0, 1, 1, 1)\n",
        """
        {"ClientId":1,"Input":{"Type":"txn","Txn":{"Conditions":[{"Key":"a","ExpectedRevision":3}],
         "OperationsOnSuccess":[{"Type":"put-operation","Put":{"Key":"a","Value":{"Value":"1"},"LeaseID":7}}],
         "OperationsOnFailure":[{"Type":"range-operation","Range":{"Start":"a","End":"b","Limit":1}},
         {"Type":"delete-operation","Delete":{"Key":"a"}}]}},"Call":1,"Output":{"Txn":{"Failure":true,
         "Results":[{"KVs":[{"Key":"a","Value":{"Hash":12},"ModRevision":2}],"Count":1},{"Deleted":1}]},
         "Revision":4},"Return":9}
        """,
        """
        {"Request":{"Key":"a","Revision":1,"WithPrefix":true},"Responses":[{"Events":[{"Type":"put-operation",
         "Key":"a","Value":{"Value":"1"},"Revision":2},{"Type":"delete-operation","Key":"a","Revision":3}],
         "IsProgressNotify":false,"Revision":3,"Time":9},{"Events":null,"IsProgressNotify":true}]}
        """,
        """
        [{"ClientId":0,"Input":{"Op":1,"Key":"x","Value":"a"},"Call":10,"Output":{"Err":"OK"},"Return":30},
        {"ClientId":1,"Input":{"Op":"Cas","From":1,"To":[2]},"Call":20,"Output":{"Ok":false},"Return":0}]
        """,
        Traces.SmallTraces.Json,
        Traces.SmallTraces.Protobuf,
        "process,start,end,function,key,input,output,outcome\na,1,5,write,x,\"[1, \"\"b\"\"]\",,ok\n"
            + "b,2026-01-01T00:00:00Z,2026-01-01T00:00:01.5-01:00,cas,x,[1 2],,fail\na,5,,read,x,,,info\n",
        "start\tend\tinput\toutput\n1\t5\t7\t\n2\t7\t\t7\n",
        """
        {"start":1,"end":5.0,"function":"write","input":{"a":[1]},"process":"x"}
        {"start":"2","duration":7,"function":"read","output":1e3,"process":0}
        """,
    ];

    static readonly OperationMap Map = OperationMap.Parse(
        "process=client,start=t0,duration=took,function=op,input=arg,outcome=code", "ok=200..299,info=*",
        "read=GET", "ms");

    static readonly string[] Splinters =
    [
        "{", "}", "[", "]", "(", ")", "\"", "\\", "#", "#{", "#_", "^", ":", ";", ",", "\n", "nil", "null",
            "$map", "\0",
        "-", "9999999999999999999999", "1e999", "\u00FF", ":process", "\"process\":", "nemesis", "\\ud800",
            "##", "INFO", "[1] call ", "return", " 7 ",
        "{a: 1, a: 1}", " key=",
            "-----\n", "=====\n", "r 1 ", "w(", ",1", "9223372036854775808",
    ];

    static int RoundsPerSample =>
        Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Fact]
    public void Mutated_files_are_read_or_refused_with_their_place()
    {
        var refused = 0;
        foreach (var (number, sample) in Samples.Index())
            for (var round = 0; round < RoundsPerSample; round++)
                refused += IsRefused(Mutate(sample, new Random((number * Thorough) + round)), null) ? 1 : 0;
        // Most mutations break something; were none refused, nothing would have been tried.
        Assert.InRange(refused, RoundsPerSample, Samples.Length * RoundsPerSample);
    }

    [Theory]
    [InlineData("client,t0,took,op,arg,code\nc,1.5,2,GET,,200\nd,2,3,PUT,\"a\"\"\nb\",409\nc,4,,PUT,{1},x\n")]
    [InlineData(
        "{\"client\":1,\"t0\":1.5,\"took\":2,\"op\":\"GET\",\"arg\":[null],\"code\":200}\n{\"t0\":\"3\"}\n")]
    public void Mutated_files_with_a_map_are_read_or_refused_with_their_place(string sample)
    {
        var refused = 0;
        for (var round = 0; round < RoundsPerSample; round++)
            refused += IsRefusedWith(Mutate(sample, new Random(round)), new() { Map = Map }) ? 1 : 0;
        Assert.InRange(refused, 1, RoundsPerSample);
    }

    [Fact]
    public void Every_format_has_a_sample()
    {
        var formats = Samples.Select(sample => HistoryFile.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(sample)), "file", ReadOptions.Default).Format);

        // Archives are no text; they are mutated by themselves.
        Assert.Equal(
            HistoryFormats.Names.Except(["jepsen-archive"]).Order(),
            formats.Select(format => format.Name).Distinct().Order());
    }

    [Fact]
    public void Files_read_as_what_they_are_not_are_refused()
    {
        foreach (var (number, sample) in Samples.Index())
            foreach (var format in HistoryFormats.All)
                for (var round = 0; round < 40; round++)
                    IsRefused(Mutate(sample, new Random((number * 100) + round)), format);
    }

    [Fact]
    public void Recorded_files_mutated_are_read_or_refused_with_their_place()
    {
        foreach (var folder in new[] { "porcupine/kv", "knossos/cas-register/bad", "elle-cli" })
            foreach (var file in SharedHistories.Files(folder, "*.*"))
            {
                var text = File.ReadAllText(file);
                for (var round = 0; round < 20; round++)
                    IsRefused(Mutate(text, new Random(round)), null);
            }
    }

    static bool IsRefused(byte[] bytes, HistoryFormat? format) =>
        IsRefusedWith(bytes, new ReadOptions { Format = format });

    static bool IsRefusedWith(byte[] bytes, ReadOptions options)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isRefused = IsRefusedOfAnySize(bytes, options);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(
            taken < FixedBytes + (BytesPerByte * bytes.Length),
            $"{taken} bytes taken for {bytes.Length}: {Convert.ToBase64String(bytes)}");
        return isRefused;
    }

    static bool IsRefusedOfAnySize(byte[] bytes, ReadOptions options)
    {
        try
        {
            HistoryFile.Read(new MemoryStream(bytes), "file", options);
            return false;
        }
        catch (UserMistakeException mistake)
        {
            Assert.True(
                mistake.Message.StartsWith("file", StringComparison.Ordinal)
                    && !mistake.Message.Contains('\n'),
                $"{mistake.Message} of {Encoding.UTF8.GetString(bytes)}");
            return true;
        }
        catch (Exception crash)
        {
            throw new InvalidOperationException(
                $"the reader crashed on {Convert.ToBase64String(bytes)}", crash);
        }
    }

    static byte[] Mutate(string sample, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(sample).ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splinters[random.Next(Splinters.Length)]));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at));
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(0, Math.Min(at, 60)));
                    break;
            }
        }

        return [.. bytes];
    }
}
